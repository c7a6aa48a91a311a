"""What brokers write and workers confirm, mandates signed on paper, and the numbers behind the order of refreshing."""

import uuid
from datetime import date

import django.contrib.postgres.fields
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields
import workers.models.mandate_claim
from core import parameters

SINCE = date(2020, 1, 1)
OWN = "本系统的内部管理值，不是法律规定"
ROWS = [
    ("confirm_hours", 72, "小时", "劳务经纪人代为更新后，本人多久内可以确认", "太久以后的“都对”说明不了当时的内容。"),
    (
        "confirm_sms_per_day",
        2,
        "条/天",
        "一名农民工每天最多收到几条请他确认的短信",
        "再有更新照样登记，本人可以在“我的”里确认。",
    ),
    (
        "lookups_per_day",
        30,
        "次/天",
        "一名劳务经纪人每天最多用号码查人的次数",
        "要查的是站在面前或打来电话的人，不是名单。",
    ),
    (
        "paper_mandate_workdays",
        5,
        "工作日",
        "纸质委托书的核对期限",
        "农民工和经纪人都在等，核对只需看照片、打一个电话。",
    ),
    ("freshness_months", 6, "个月", "一项信息多久没有核实就该更新", "农民工换工多在春节、农忙前后，半年一问。"),
    ("freshness_most", 4, "倍", "一项信息最多按期限的几倍计", "两年和五年没有核实同样陈旧；从没说过的也按这个计。"),
    ("freshness_wants_job_percent", 150, "%", "正在找工作的人按百分之几计", "推荐岗位用得着的人先问。"),
    ("freshness_signal", 30, "分", "部门后来登记了变化的加分", "就业、单位或住处变了，别的多半也变了。"),
    ("freshness_unconfirmed", 20, "分", "上次更新过期没有确认的加分", "没有确认的内容分量最低。"),
    ("freshness_weight_job_intent", 30, "分", "更新顺序：求职意愿的分量", "推荐岗位最先用到。"),
    ("freshness_weight_trade", 20, "分", "更新顺序：主要工种的分量", "推荐岗位用到。"),
    ("freshness_weight_work_division", 15, "分", "更新顺序：务工地的分量", "推荐岗位用到，也变得最勤。"),
    ("freshness_weight_employment_status", 15, "分", "更新顺序：就业状态的分量", "推荐岗位用到。"),
    ("freshness_weight_monthly_income", 10, "分", "更新顺序：月均收入的分量", "谈工资时用到。"),
    ("freshness_weight_months_worked", 5, "分", "更新顺序：本年从业月数的分量", "统计用到。"),
    ("freshness_weight_training_need", 5, "分", "更新顺序：培训需求的分量", "安排培训用到。"),
]


def seed(apps, schema_editor):
    rows = [
        {
            "key": f"workers.{key}",
            "valid_from": SINCE,
            "value": value,
            "unit": unit,
            "title": title,
            "source": f"{OWN}：{why}",
            "verified": False,
        }
        for key, value, unit, title, why in ROWS
    ]
    parameters.seed(apps, rows)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_divisions_and_calendar"),
        ("workers", "0015_working_age"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BrokerUpdate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等本人确认"),
                            ("confirmed", "本人已确认"),
                            ("denied", "本人说不对"),
                            ("overtaken", "后来又有变化"),
                            ("joined", "并入后一次更新"),
                            ("lapsed", "过期没有确认"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "acts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="录入"
                    ),
                ),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), size=None, verbose_name="指标"
                    ),
                ),
                (
                    "wish",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="之前的求职意愿",
                    ),
                ),
                ("digest", models.BinaryField(max_length=32)),
                ("code_digest", models.BinaryField(max_length=32, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="试码次数")),
                ("made_at", models.DateTimeField(verbose_name="更新时间")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="短信时间")),
                ("expires_at", models.DateTimeField(verbose_name="确认期限")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "broker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="劳务经纪人",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="broker_updates",
                        to="workers.worker",
                        verbose_name="农民工",
                    ),
                ),
            ],
            options={
                "verbose_name": "劳务经纪人代为更新",
                "verbose_name_plural": "劳务经纪人代为更新",
                "indexes": [models.Index(fields=["worker", "-made_at"], name="workers_update_of_worker")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "confirmed", "denied", "overtaken", "joined", "lapsed"])
                        ),
                        name="workers_update_state",
                        violation_error_message="未知的状态。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("worker", "broker"),
                        name="workers_update_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tries__gte", 0), ("tries__lte", 5)),
                        name="workers_update_tries",
                        violation_error_message="试码次数不对。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code_digest__isnull", False), ("sent_at__isnull", False)),
                            models.Q(("code_digest__isnull", True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="workers_update_sent",
                        violation_error_message="发了短信才有验证码。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="workers_update_decided",
                        violation_error_message="答复要有人和时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["confirmed", "denied"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_update_decided_when",
                        violation_error_message="答复要有时间。",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MandateClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reference",
                    models.CharField(
                        default=workers.models.mandate_claim.new_reference,
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
                            ("waiting", "待核对"),
                            ("accepted", "已生效"),
                            ("refused", "未通过"),
                            ("objected", "本人否认"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "scope",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("profile", "更新我的信息"),
                                ("jobs", "帮我找工作、报名"),
                                ("wages", "帮我投诉欠薪"),
                                ("housing", "帮我申请公租房"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                        verbose_name="委托事项",
                    ),
                ),
                ("district", models.CharField(max_length=6, verbose_name="区县")),
                ("filed_at", models.DateTimeField(verbose_name="提交时间")),
                ("due_on", models.DateField(verbose_name="核对期限")),
                ("due_provisional", models.BooleanField(default=False, verbose_name="期限暂定")),
                ("rule", models.CharField(max_length=80, verbose_name="期限依据")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("answer", core.fields.SealedTextField(null=True, verbose_name="理由")),
                (
                    "broker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="劳务经纪人",
                    ),
                ),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="委托书照片",
                    ),
                ),
                (
                    "worker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mandate_claims",
                        to="workers.worker",
                        verbose_name="农民工",
                    ),
                ),
            ],
            options={
                "verbose_name": "纸质委托",
                "verbose_name_plural": "纸质委托",
                "indexes": [
                    models.Index(fields=["state", "due_on", "id"], name="workers_claim_desk"),
                    models.Index(fields=["district", "state", "due_on", "id"], name="workers_claim_district"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "accepted", "refused", "objected", "withdrawn"])),
                        name="workers_claim_state",
                        violation_error_message="未知的状态。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope__contained_by", ["profile", "jobs", "wages", "housing"]), ("scope__len__gte", 1)
                        ),
                        name="workers_claim_scope",
                        violation_error_message="委托事项不对。",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("worker", "broker"),
                        name="workers_claim_one_waiting",
                        violation_error_message="已经有一份委托书在核对。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="workers_claim_decided",
                        violation_error_message="办结要有人和时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["accepted", "refused", "objected"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_claim_decided_when",
                        violation_error_message="办结必须有时间。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused"]), _negated=True),
                            ("answer__isnull", False),
                            _connector="OR",
                        ),
                        name="workers_claim_why",
                        violation_error_message="不通过必须写明理由。",
                    ),
                ],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
