"""The other inspector is an account instead of a typed name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wages", "0003_terms"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.RemoveField(model_name="case", name="second_inspector"),
        migrations.AddField(
            model_name="case",
            name="second_inspector",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="另一名监察员",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("assignee", models.F("second_inspector")), _negated=True),
                name="wages_case_two_inspectors",
                violation_error_message="两名监察员不能是同一个人。",
            ),
        ),
    ]
