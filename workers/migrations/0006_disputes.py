"""Disputes of departments' values, and how long an answer may take."""

import uuid
from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import workers.models.dispute
from core import parameters

ROWS = [
    {
        "key": "workers.dispute_workdays",
        "valid_from": date(2020, 1, 1),
        "value": 15,
        "unit": "工作日",
        "title": "更正申请的答复期限",
        "source": "本系统的内部管理值，不是法律规定：个人信息保护法第四十六条只要求“及时”更正、补充，第五十条要求便捷受理、拒绝的说明理由。",
        "verified": False,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_divisions_and_calendar"),
        ("workers", "0005_twins"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reference",
                    models.CharField(
                        default=workers.models.dispute.new_reference,
                        editable=False,
                        max_length=11,
                        unique=True,
                        verbose_name="编号",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "核实中"),
                            ("taken", "已采纳"),
                            ("refused", "未采纳"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("indicator", models.SmallIntegerField(verbose_name="指标")),
                (
                    "department",
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
                        verbose_name="负责部门",
                    ),
                ),
                ("district", models.CharField(max_length=6, verbose_name="区县")),
                ("claimed", core.fields.SealedTextField(null=True, verbose_name="应当是")),
                ("reason", core.fields.SealedTextField(null=True, verbose_name="为什么")),
                ("filed_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="答复期限")),
                ("due_provisional", models.BooleanField(default=False, verbose_name="期限暂定")),
                ("rule", models.CharField(max_length=80, verbose_name="期限依据")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("answer", core.fields.SealedTextField(null=True, verbose_name="答复")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="材料",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="disputes",
                        to="workers.worker",
                        verbose_name="农民工",
                    ),
                ),
            ],
            options={
                "verbose_name": "更正申请",
                "verbose_name_plural": "更正申请",
                "indexes": [
                    models.Index(fields=["state", "due_on", "id"], name="workers_dispute_desk"),
                    models.Index(fields=["district", "state", "due_on", "id"], name="workers_dispute_district"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "taken", "refused", "withdrawn"])),
                        name="workers_dispute_state",
                        violation_error_message="未知的状态。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("department__gte", 11), ("department__lte", 19)),
                        name="workers_dispute_department",
                        violation_error_message="未知的部门。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("indicator__gte", 1), ("indicator__lte", 65)),
                        name="workers_dispute_indicator",
                        violation_error_message="没有这项指标。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("worker", "indicator"),
                        name="workers_dispute_one_open",
                        violation_error_message="这一项已经有一份更正申请在办理。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="workers_dispute_decided",
                        violation_error_message="办结要有经办人和时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["taken", "refused"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_dispute_decided_when",
                        violation_error_message="办结的申请必须有办结时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused"]), _negated=True),
                            ("answer__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_dispute_refused_why",
                        violation_error_message="不采纳必须写明理由。",
                    ),
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
