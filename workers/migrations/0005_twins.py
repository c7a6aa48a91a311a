"""People who are registered twice, and merges that can be undone."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0004_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("merged_at", models.DateTimeField(verbose_name="合并时间")),
                ("before", models.JSONField(default=dict)),
                ("moved_account", models.BigIntegerField(null=True, verbose_name="随之移动的账户编号")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
            ],
            options={
                "verbose_name": "合并",
                "verbose_name_plural": "合并",
            },
        ),
        migrations.CreateModel(
            name="MergeLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63, verbose_name="表")),
                ("column", models.CharField(max_length=63, verbose_name="列")),
                ("row_id", models.BigIntegerField(verbose_name="行号")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("moved", "移到保留的登记"),
                            ("stayed", "与已有的重复，留在原登记"),
                            ("closed", "因另一份已撤回而终止"),
                        ],
                        max_length=6,
                        verbose_name="处理",
                    ),
                ),
            ],
            options={
                "verbose_name": "随合并移动的记录",
                "verbose_name_plural": "随合并移动的记录",
            },
        ),
        migrations.CreateModel(
            name="TwinPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None, verbose_name="依据"
                    ),
                ),
                ("score", models.SmallIntegerField(verbose_name="分数")),
                ("keys", models.CharField(editable=False, max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待核对"),
                            ("same", "等第二人复核"),
                            ("merged", "已合并"),
                            ("different", "不是同一人"),
                        ],
                        default="open",
                        max_length=9,
                        verbose_name="状态",
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="经办时间")),
                ("decision_note", models.CharField(blank=True, max_length=200, verbose_name="理由")),
            ],
            options={
                "verbose_name": "疑似重复登记",
                "verbose_name_plural": "疑似重复登记",
            },
        ),
        migrations.CreateModel(
            name="TwinSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("seconds", models.FloatField(verbose_name="用时（秒）")),
                ("people", models.BigIntegerField(verbose_name="人数")),
                ("found", models.IntegerField(verbose_name="疑似重复")),
                ("new", models.IntegerField(verbose_name="新增")),
                ("gone", models.IntegerField(verbose_name="不再疑似")),
                ("skipped", models.JSONField(verbose_name="未比对")),
            ],
            options={
                "verbose_name": "查重记录",
                "verbose_name_plural": "查重记录",
            },
        ),
        migrations.AddField(
            model_name="worker",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workers.worker",
                verbose_name="并入",
            ),
        ),
        migrations.AddIndex(
            model_name="worker",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="workers_by_merged_into",
            ),
        ),
        migrations.AddConstraint(
            model_name="worker",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into__isnull", True),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="workers_merged_into_another",
                violation_error_message="两份登记不能相同。",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="loser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workers.worker",
                verbose_name="并入的登记",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="merged_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="合并人",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="survivor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="workers.worker",
                verbose_name="保留的登记",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="撤销人",
            ),
        ),
        migrations.AddField(
            model_name="mergelink",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="workers.merge",
                verbose_name="合并",
            ),
        ),
        migrations.AddField(
            model_name="twinpair",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="经办人",
            ),
        ),
        migrations.AddField(
            model_name="twinpair",
            name="survivor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="workers.worker",
                verbose_name="保留的登记",
            ),
        ),
        migrations.AddField(
            model_name="twinpair",
            name="worker_a",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="workers.worker",
                verbose_name="第一份",
            ),
        ),
        migrations.AddField(
            model_name="twinpair",
            name="worker_b",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="workers.worker",
                verbose_name="第二份",
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)), fields=("loser",), name="workers_merge_loser_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("survivor", models.F("loser")), _negated=True),
                name="workers_merge_two_rows",
                violation_error_message="两份登记不能相同。",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergelink",
            constraint=models.UniqueConstraint(
                fields=("merge", "table", "column", "row_id"), name="workers_mergelink_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="mergelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("fate__in", ["moved", "stayed", "closed"])),
                name="workers_mergelink_fate",
                violation_error_message="未知的处理。",
            ),
        ),
        migrations.AddConstraint(
            model_name="mergelink",
            constraint=models.CheckConstraint(
                condition=models.Q(("row_id__gte", 0)),
                name="workers_mergelink_row",
                violation_error_message="没有这一行。",
            ),
        ),
        migrations.AddIndex(
            model_name="twinpair",
            index=models.Index(fields=["state", "-score", "id"], name="workers_twins_queue"),
        ),
        migrations.AddConstraint(
            model_name="twinpair",
            constraint=models.UniqueConstraint(fields=("worker_a", "worker_b"), name="workers_twins_once"),
        ),
        migrations.AddConstraint(
            model_name="twinpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("worker_a__lt", models.F("worker_b"))),
                name="workers_twins_order",
                violation_error_message="两份登记不能相同。",
            ),
        ),
        migrations.AddConstraint(
            model_name="twinpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "same", "merged", "different"])),
                name="workers_twins_state",
                violation_error_message="未知的状态。",
            ),
        ),
        migrations.AddConstraint(
            model_name="twinpair",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                    _connector="OR",
                ),
                name="workers_twins_decided",
                violation_error_message="经办人和时间要同时有。",
            ),
        ),
    ]
