"""Department files on their way into the registry."""

import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0003_statements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.SmallIntegerField(
                        choices=[
                            (11, "人社部门"),
                            (12, "公安部门"),
                            (13, "教育部门"),
                            (14, "市场监管部门"),
                            (15, "统计部门"),
                            (16, "农业农村（乡村振兴）部门"),
                            (17, "住建部门"),
                            (18, "医保部门"),
                            (19, "民政部门"),
                        ],
                        verbose_name="部门",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "等待检查"),
                            ("checking", "检查中"),
                            ("checked", "已检查，等待确认"),
                            ("applying", "写入中"),
                            ("applied", "已写入"),
                            ("undoing", "撤销中"),
                            ("undone", "已撤销"),
                            ("failed", "不能导入"),
                            ("dropped", "已放弃"),
                        ],
                        default="uploaded",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("digest", models.BinaryField(max_length=32)),
                ("size_bytes", models.BigIntegerField(verbose_name="大小")),
                ("sealed_name", models.CharField(blank=True, editable=False, max_length=64, verbose_name="存放名")),
                ("returned_name", models.CharField(blank=True, editable=False, max_length=64, verbose_name="退回文件")),
                ("observed_on", models.DateField(verbose_name="数据日期")),
                ("columns", models.JSONField(default=list, verbose_name="列")),
                ("counts", models.JSONField(default=dict, verbose_name="结果")),
                ("lines_done", models.BigIntegerField(default=0, verbose_name="已处理行数")),
                ("lines_total", models.BigIntegerField(null=True, verbose_name="总行数")),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="已尝试次数")),
                ("heartbeat_at", models.DateTimeField(null=True, verbose_name="最近进展")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="写入时间")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                (
                    "act",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batch",
                        to="workers.act",
                        verbose_name="数据录入",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="确认人",
                    ),
                ),
            ],
            options={
                "verbose_name": "部门数据文件",
                "verbose_name_plural": "部门数据文件",
                "indexes": [models.Index(fields=["-uploaded_at", "-id"], name="workers_feeds_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "uploaded",
                                    "checking",
                                    "checked",
                                    "applying",
                                    "applied",
                                    "undoing",
                                    "undone",
                                    "failed",
                                    "dropped",
                                ],
                            )
                        ),
                        name="workers_feed_state",
                        violation_error_message="未知的状态。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("observed_on__gte", datetime.date(2000, 1, 1))),
                        name="workers_feed_day",
                        violation_error_message="数据日期太早。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["applying", "applied", "undoing"])),
                        fields=("source", "digest"),
                        name="workers_feed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RankChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.PositiveSmallIntegerField(verbose_name="指标")),
                ("ranks", models.JSONField(verbose_name="新等级")),
                ("before", models.JSONField(verbose_name="原等级")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("weighing", "统计影响中"),
                            ("weighed", "等待确认"),
                            ("applying", "生效中"),
                            ("applied", "已生效"),
                            ("dropped", "已放弃"),
                            ("failed", "没有生效"),
                        ],
                        default="weighing",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="影响")),
                ("message", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                ("heartbeat_at", models.DateTimeField(null=True, verbose_name="最近进展")),
                ("applied_at", models.DateTimeField(null=True, verbose_name="生效时间")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "优先级改动",
                "verbose_name_plural": "优先级改动",
                "indexes": [models.Index(fields=["-asked_at", "-id"], name="workers_ranks_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["weighing", "weighed", "applying", "applied", "dropped", "failed"])
                        ),
                        name="workers_rank_state",
                        violation_error_message="未知的状态。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indicator__gte", 1), ("indicator__lte", 65)),
                        name="workers_rank_indicator",
                        violation_error_message="没有这项指标。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["weighing", "weighed", "applying"])),
                        fields=("indicator",),
                        name="workers_rank_one_open",
                    ),
                ],
            },
        ),
    ]
