"""Clocks beside the case's own two, and the history of who was told about which; what was told before is not told again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Before, one warning at 80 % and one when it was over.
TOLD_BEFORE = """
INSERT INTO wages_alarm (case_id, clock, due_on, rung, percent, at)
SELECT c.id, CASE WHEN c.accepted_at IS NULL THEN 'accept' ELSE 'close' END, c.{column}, {rung}, {percent},
       (c.{column} + {after})::timestamptz
FROM wages_case c WHERE c.{column} IS NOT NULL
"""


def take_over(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(TOLD_BEFORE.format(column="warned_for", rung=1, percent=80, after=0))
        cursor.execute(TOLD_BEFORE.format(column="escalated_for", rung=3, percent=100, after=1))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the columns go in the same transaction
    # Its place is taken by `wages.warn_percent_first` and `_second`.
    apps.get_model("core", "Parameter").objects.filter(key="wages.warn_percent").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('wages', '0005_people_months_payments'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(choices=[('accept', '是否受理'), ('close', '办结'), ('contact', '首次联系投诉人'), ('decision', '作出处理决定'), ('service', '送达文书'), ('demand', '催告后履行'), ('court', '申请法院强制执行'), ('arb_accept', '仲裁委是否受理'), ('arb_serve', '仲裁申请书送达单位'), ('arb_defence', '单位提交答辩书'), ('mediation', '调解'), ('arb_award', '仲裁裁决'), ('arb_suit', '对裁决起诉')], max_length=16, verbose_name='期限')),
                ('due_on', models.DateField(verbose_name='当时的最后一天')),
                ('rung', models.PositiveSmallIntegerField(choices=[(1, '承办人'), (2, '本区县工作人员'), (3, '市级')], verbose_name='级别')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='期限用到（%）')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='wages.case', verbose_name='案件')),
                ('told', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='告知')),
            ],
            options={
                'verbose_name': '期限提醒',
                'verbose_name_plural': '期限提醒',
                'constraints': [models.CheckConstraint(condition=models.Q(('clock__in', ['accept', 'close', 'contact', 'decision', 'service', 'demand', 'court', 'arb_accept', 'arb_serve', 'arb_defence', 'mediation', 'arb_award', 'arb_suit'])), name='wages_alarm_clock', violation_error_message='未知的期限。'), models.UniqueConstraint(fields=('case', 'clock', 'due_on', 'rung'), name='wages_alarm_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accept', '是否受理'), ('close', '办结'), ('contact', '首次联系投诉人'), ('decision', '作出处理决定'), ('service', '送达文书'), ('demand', '催告后履行'), ('court', '申请法院强制执行'), ('arb_accept', '仲裁委是否受理'), ('arb_serve', '仲裁申请书送达单位'), ('arb_defence', '单位提交答辩书'), ('mediation', '调解'), ('arb_award', '仲裁裁决'), ('arb_suit', '对裁决起诉')], max_length=16, verbose_name='期限')),
                ('start', models.DateField(verbose_name='起算日')),
                ('length', models.PositiveSmallIntegerField(verbose_name='长度')),
                ('unit', models.CharField(choices=[('workdays', '工作日'), ('days', '日'), ('months', '个月')], max_length=8, verbose_name='单位')),
                ('due_on', models.DateField(verbose_name='最后一天')),
                ('warn_on', models.DateField(verbose_name='提醒日')),
                ('provisional', models.BooleanField(default=False, verbose_name='暂定')),
                ('rule', models.CharField(blank=True, max_length=160, verbose_name='所用参数')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='办到的日子')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='wages.case', verbose_name='案件')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='wages.document', verbose_name='文书')),
            ],
            options={
                'verbose_name': '期限',
                'verbose_name_plural': '期限',
                'indexes': [models.Index(condition=models.Q(('ended_on__isnull', True)), fields=['warn_on'], name='wages_clock_running')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['accept', 'close', 'contact', 'decision', 'service', 'demand', 'court', 'arb_accept', 'arb_serve', 'arb_defence', 'mediation', 'arb_award', 'arb_suit'])), name='wages_clock_kind', violation_error_message='未知的期限。'), models.UniqueConstraint(condition=models.Q(('document__isnull', True), ('ended_on__isnull', True)), fields=('case', 'kind'), name='wages_clock_one_running'), models.UniqueConstraint(condition=models.Q(('document__isnull', False)), fields=('document', 'kind'), name='wages_clock_one_per_document'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('warn_on'))), name='wages_clock_order')],
            },
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='case',
            name='escalated_for',
        ),
        migrations.RemoveField(
            model_name='case',
            name='warned_for',
        ),
    ]
