"""Payments that their people answer, cases that go one level up, and the parameters of the rule for who does not answer."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core import parameters

SINCE = date(2020, 5, 1)  # 《保障农民工工资支付条例》 in force
_OWN = "本系统的内部管理值，不是法律规定；法规没有规定“不回答视为收到”，起用前须由主管部门确认。"


def _row(key, value, unit, title, source=_OWN):
    about = {"key": f"wages.{key}", "valid_from": SINCE, "value": value, "unit": unit, "title": title}
    return {**about, "source": source, "verified": False}


ROWS = [
    _row("presume_paid_days", 15, "日", "询问是否收到工资后，多少日不回答视为收到（从询问发出的次日起算）"),
    _row("presume_warn_days", 3, "日", "视为收到之前多少日再提醒本人一次"),
    _row(
        "contest_days", 30, "日", "付清办结后多少日内本人还可以说没收到、重新办理",
        "本系统的内部管理值，不是法律规定。",
    ),
    _row(
        "reopened_workdays", 15, "工作日", "本人说没收到、案件上提一级后的办理期限",
        "本系统的内部管理值，不是法律规定；原期限更早的，按原期限。",
    ),
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_calendar_since_2020'),
        ('employers', '0001_initial'),
        ('wages', '0011_routing'),
        ('workers', '0004_parameters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Reopening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('from_state', models.CharField(choices=[('submitted', '待受理'), ('supplement_requested', '待补正'), ('accepted', '已立案'), ('investigating', '调查中'), ('rectification_ordered', '已责令支付'), ('decision', '已作处理决定'), ('enforcement', '已申请法院执行'), ('paid', '已支付，待办结'), ('closed_settled', '已付清办结'), ('not_accepted', '不予受理'), ('transferred', '已转送'), ('withdrawn', '投诉人撤回'), ('closed_unfounded', '查无欠薪，办结'), ('closed_project_dispute', '属工程款纠纷，办结'), ('arbitration_referral', '已引导仲裁或诉讼'), ('police_transfer', '已移送公安机关'), ('revoked', '轻微已改正，撤销立案'), ('joined', '已并入另一起案件')], max_length=24, verbose_name='原状态')),
                ('from_level', models.CharField(choices=[('district', '区县'), ('city', '市级')], max_length=8, verbose_name='原层级')),
                ('to_level', models.CharField(choices=[('district', '区县'), ('city', '市级')], max_length=8, verbose_name='现层级')),
                ('due_before', models.DateField(null=True, verbose_name='原期限')),
                ('closed_before', models.DateTimeField(null=True, verbose_name='原办结时间')),
            ],
            options={
                'verbose_name': '重新办理',
                'verbose_name_plural': '重新办理',
            },
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='wages_payment_state',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='wages_payment_way',
        ),
        migrations.RemoveConstraint(
            model_name='payment',
            name='wages_payment_decided',
        ),
        migrations.RemoveField(
            model_name='case',
            name='paid_fen',
        ),
        migrations.RemoveField(
            model_name='case',
            name='payment_confirmed_at',
        ),
        migrations.AddField(
            model_name='case',
            name='level',
            field=models.CharField(choices=[('district', '区县'), ('city', '市级')], default='district', max_length=8, verbose_name='办理层级'),
        ),
        migrations.AddField(
            model_name='case',
            name='unanswered_now',
            field=models.PositiveIntegerField(default=0, verbose_name='等本人确认的付款'),
        ),
        migrations.AddField(
            model_name='payment',
            name='asked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='询问发出时间'),
        ),
        migrations.AddField(
            model_name='payment',
            name='heard',
            field=models.CharField(blank=True, choices=[('account', '登录后'), ('code', '短信验证码'), ('sms', '回短信'), ('rule', '逾期未答'), ('paper', '签收凭证')], max_length=8, verbose_name='怎么答的'),
        ),
        migrations.AddField(
            model_name='payment',
            name='note',
            field=models.CharField(blank=True, max_length=200, verbose_name='凭证说明'),
        ),
        migrations.AddField(
            model_name='payment',
            name='over_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='多付的理由'),
        ),
        migrations.AddField(
            model_name='payment',
            name='presume_on',
            field=models.DateField(blank=True, null=True, verbose_name='从这天起视为收到'),
        ),
        migrations.AddField(
            model_name='payment',
            name='warned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='提醒时间'),
        ),
        migrations.AlterField(
            model_name='case',
            name='paid_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='全部付清登记时间'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='state',
            field=models.CharField(choices=[('recorded', '等本人确认'), ('confirmed', '本人确认收到'), ('presumed', '逾期未答，视为收到'), ('contested', '本人说没收到'), ('taken_back', '登记有误，已撤')], default='recorded', max_length=12, verbose_name='状态'),
        ),
        migrations.AlterField(
            model_name='payment',
            name='way',
            field=models.CharField(choices=[('transfer', '银行转账'), ('cash', '现金'), ('fund_advance', '应急周转金垫付'), ('bond', '工资保证金支付'), ('unknown', '本人说已收到')], max_length=12, verbose_name='方式'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('state', 'recorded')), fields=['presume_on'], name='wages_payment_waiting'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['district', 'city'])), name='wages_case_level', violation_error_message='未知的层级。'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed_settled'), _negated=True), ('unanswered_now', 0), _connector='OR'), name='wages_case_settled_by_its_people', violation_error_message='还有人没有确认收到钱，不能付清办结。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['recorded', 'confirmed', 'presumed', 'contested', 'taken_back'])), name='wages_payment_state', violation_error_message='未知的状态。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('way__in', ['transfer', 'cash', 'fund_advance', 'bond', 'unknown'])), name='wages_payment_way', violation_error_message='未知的方式。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('heard__in', ['account', 'code', 'sms', 'rule', 'paper', ''])), name='wages_payment_heard', violation_error_message='未知的方式。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'presumed', 'contested', 'taken_back']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='wages_payment_decided', violation_error_message='确认过的付款要有时间。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['presumed']), _negated=True), models.Q(('asked_at__isnull', False), ('presume_on__isnull', False), ('warned_at__isnull', False)), _connector='OR'), name='wages_payment_presumed_after_asking', violation_error_message='没有问过、提醒过本人的，不能视为收到。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked_at__isnull', False), ('presume_on__isnull', False)), models.Q(('asked_at__isnull', True), ('presume_on__isnull', True)), _connector='OR'), name='wages_payment_asked_together', violation_error_message='问过的要有起算的日子。'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heard', 'paper'), _negated=True), models.Q(('recorded_by', models.F('decided_by')), _negated=True), _connector='OR'), name='wages_payment_maker_is_not_checker', violation_error_message='登记人不能自己凭凭证确认。'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reopenings', to='wages.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='handler_before',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='原承办人'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='payment',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wages.payment', verbose_name='付款'),
        ),
        migrations.AddField(
            model_name='reopening',
            name='shut_out',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='不再承办的人'),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=models.CheckConstraint(condition=models.Q(('from_level__in', ['district', 'city'])), name='wages_reopening_from', violation_error_message='未知的层级。'),
        ),
        migrations.AddConstraint(
            model_name='reopening',
            constraint=models.CheckConstraint(condition=models.Q(('to_level__in', ['district', 'city'])), name='wages_reopening_to', violation_error_message='未知的层级。'),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
