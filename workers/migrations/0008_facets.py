"""The officials' choices and the names as sets of words, each held by an inverted index (docs/decisions/0044), and how
many masked values one of them may see in a day."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from core import parameters
from workers.facets import FACETS, NAMES

ROWS = [
    {
        "key": "workers.reveals_per_day",
        "valid_from": date(2020, 1, 1),
        "value": 60,
        "unit": "次/天",
        "title": "一名工作人员每天最多查看的完整号码",
        "source": "本系统的内部管理值，不是法律规定：个人信息保护法第六条要求限于实现处理目的的最小范围。",
        "verified": False,
    },
]


# Only what is built in, so that an index may call them and a restored backup can build it.
FUNCTIONS = r"""
CREATE FUNCTION workers_facets(
    sex text, education text, industry text, employment text, migration text, registered text, lives text,
    name text
) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY['s' || sex, 'e' || education, 'i' || industry, 'w' || employment, 'm' || migration,
        'd' || registered, 'd' || lives, 'n' || left(name, 1)]
$$;
CREATE FUNCTION workers_names(name text, pinyin text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(ARRAY['n' || replace(name, ' ', ''), 'p' || replace(pinyin, ' ', ''),
        'a' || left(pinyin, 1) || left(split_part(pinyin, ' ', 2), 1) || left(split_part(pinyin, ' ', 3), 1)
            || left(split_part(pinyin, ' ', 4), 1)])
$$;
"""
GONE = """
DROP FUNCTION workers_facets(text, text, text, text, text, text, text, text);
DROP FUNCTION workers_names(text, text);
"""


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [("core", "0003_divisions_and_calendar"), ("workers", "0007_erasures")]

    operations = [
        migrations.RunSQL(FUNCTIONS, GONE),
        migrations.AddIndex("worker", GinIndex(FACETS, name="workers_by_facets")),
        migrations.AddIndex("worker", GinIndex(NAMES, name="workers_by_name")),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
