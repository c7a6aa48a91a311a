"""Requests to erase a person, and how long what must be kept is kept."""

import uuid
from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import workers.models.erasure
from core import parameters

SINCE = date(2020, 1, 1)
ROWS = [
    {
        "key": "workers.erasure_workdays",
        "valid_from": SINCE,
        "value": 15,
        "unit": "工作日",
        "title": "删除申请的办理期限",
        "source": "本系统的内部管理值，不是法律规定：个人信息保护法第四十七条、第五十条没有写天数。",
        "verified": False,
    },
    {
        "key": "workers.erasure_keep_years",
        "valid_from": SINCE,
        "value": 10,
        "unit": "年",
        "title": "欠薪案件、公租房申请的案卷保存年限",
        "source": "待核实：个人信息保护法第四十七条第二款（法律、行政法规规定的保存期限未届满的不删除）；具体年限以各部门文件材料归档范围和保管期限规定为准，本值是内部暂定。",
        "verified": False,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):
    dependencies = [
        ("workers", "0006_disputes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reference",
                    models.CharField(
                        default=workers.models.erasure.new_reference,
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
                            ("filed", "待办理"),
                            ("proposed", "待第二人审批"),
                            ("done", "已删除"),
                            ("refused", "不予删除"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="filed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("district", models.CharField(max_length=6, verbose_name="区县")),
                ("filed_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="办理期限")),
                ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="提出意见时间")),
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
                        verbose_name="审批人",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="承办人",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure_requests",
                        to="workers.worker",
                        verbose_name="农民工",
                    ),
                ),
            ],
            options={
                "verbose_name": "删除申请",
                "verbose_name_plural": "删除申请",
                "indexes": [models.Index(fields=["state", "due_on", "id"], name="workers_erasure_desk")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["filed", "proposed", "done", "refused", "withdrawn"])),
                        name="workers_erasure_state",
                        violation_error_message="未知的状态。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("filed", "proposed"))),
                        fields=("worker",),
                        name="workers_erasure_one_open",
                        violation_error_message="已经有一份删除申请在办理。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("proposed_at__isnull", False), ("proposed_by__isnull", False)),
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="workers_erasure_proposed",
                        violation_error_message="要有承办人和时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="workers_erasure_decided",
                        violation_error_message="要有审批人和时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposed_by", models.F("decided_by")), _negated=True),
                        name="workers_erasure_two_people",
                        violation_error_message="承办人不能审批自己提出的删除。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["proposed", "done"]), _negated=True),
                            ("proposed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_erasure_proposed_when",
                        violation_error_message="删除必须先由一人提出。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "refused"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_erasure_decided_when",
                        violation_error_message="办结必须有时间。",
                    ),
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
