"""Taking back a merge may take two; what a killed import left to settle; no people in decided changes of ranks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0009_act_times"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="twinpair",
            name="workers_twins_state",
        ),
        migrations.AddField(
            model_name="feedbatch",
            name="unsettled_since",
            field=models.DateTimeField(editable=False, null=True, verbose_name="待核对的起点"),
        ),
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("recommend", "把我推荐给用人单位"),
                    ("contact", "接受推荐后，让对方看到我的电话"),
                    ("match", "用各部门登记的资料帮我匹配岗位"),
                    ("sensitive", "使用我自己填的家庭、子女等敏感信息"),
                ],
                max_length=12,
                verbose_name="用途",
            ),
        ),
        migrations.AlterField(
            model_name="twinpair",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "待核对"),
                    ("same", "等第二人复核"),
                    ("merged", "已合并"),
                    ("parting", "等第二人复核撤销合并"),
                    ("different", "不是同一人"),
                ],
                default="open",
                max_length=9,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="twinpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "same", "merged", "parting", "different"])),
                name="workers_twins_state",
                violation_error_message="未知的状态。",
            ),
        ),
        # A broker's list now takes the consent to matching, too; whoever has not given it is out of it.
        migrations.RunSQL(
            """
            UPDATE workers_jobintent i SET recommendable = false WHERE recommendable AND NOT EXISTS (
                SELECT FROM workers_consent c
                WHERE c.worker_id = i.worker_id AND c.purpose = 'match' AND c.version = 1 AND c.withdrawn_at IS NULL)
            """,
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            "UPDATE workers_rankchange SET counts = counts - 'sample' WHERE state <> 'weighed' AND counts ? 'sample'",
            migrations.RunSQL.noop,
        ),
    ]
