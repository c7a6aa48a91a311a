"""Help by an office outside, and what another department answered."""

from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core import parameters

ROWS = [
    {
        "key": "wages.transfer_ask_again_workdays",
        "valid_from": date(2020, 5, 1),
        "value": 10,
        "unit": "工作日",
        "title": "转送后多久没有答复就提醒催问",
        "source": "《保障农民工工资支付条例》第十条只要求“及时转送”，没有规定天数；这是本系统的内部管理值，不是法律规定。",
        "verified": False,
    },
]


def seed(apps, schema_editor):
    parameters.seed(apps, ROWS)


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0001_initial'),
        ('places', '0002_known_places'),
        ("wages", "0008_elsewhere"),
        ('workers', '0004_parameters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Helping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('request', models.TextField(verbose_name='请协助的事')),
                ('asked_at', models.DateTimeField(verbose_name='移交时间')),
                ('report', models.TextField(blank=True, verbose_name='报告')),
                ('returned_at', models.DateTimeField(blank=True, null=True, verbose_name='交回时间')),
            ],
            options={
                'verbose_name': '市外协助',
                'verbose_name_plural': '市外协助',
            },
        ),
        migrations.CreateModel(
            name='Transferral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(max_length=100, verbose_name='转送给')),
                ('state', models.CharField(choices=[('waiting', '还没有答复'), ('took', '已接收，正在办理'), ('done', '已办结'), ('returned', '不归它管，退回')], default='waiting', max_length=10, verbose_name='答复')),
                ('sent_at', models.DateTimeField(verbose_name='转送时间')),
                ('ask_again_on', models.DateField(verbose_name='催问日')),
                ('asked_again_at', models.DateTimeField(blank=True, null=True, verbose_name='已提醒催问')),
                ('answer', models.TextField(blank=True, verbose_name='答复内容')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='答复日期')),
                ('recorded_at', models.DateTimeField(blank=True, null=True, verbose_name='登记时间')),
            ],
            options={
                'verbose_name': '转送',
                'verbose_name_plural': '转送',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='outside',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='协助的市外办事处'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('outside'), models.OrderBy(models.F('due_on'), nulls_last=True), models.OrderBy(models.F('submitted_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('outside__isnull', False)), name='wages_case_desk_outside'),
        ),
        migrations.AddField(
            model_name='helping',
            name='asked_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='移交人'),
        ),
        migrations.AddField(
            model_name='helping',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='helpings', to='wages.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='helping',
            name='place',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place', verbose_name='市外办事处'),
        ),
        migrations.AddField(
            model_name='helping',
            name='returned_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='交回人'),
        ),
        migrations.AddField(
            model_name='transferral',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transferrals', to='wages.case', verbose_name='案件'),
        ),
        migrations.AddField(
            model_name='transferral',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人'),
        ),
        migrations.AddConstraint(
            model_name='helping',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('returned_at__isnull', False), ('returned_by__isnull', False)), models.Q(('returned_at__isnull', True), ('returned_by__isnull', True)), _connector='OR'), name='wages_helping_returned', violation_error_message='交回要有人和时间。'),
        ),
        migrations.AddConstraint(
            model_name='helping',
            constraint=models.CheckConstraint(condition=models.Q(('asked_at__lte', models.F('returned_at'))), name='wages_helping_order', violation_error_message='交回不能早于移交。'),
        ),
        migrations.AddConstraint(
            model_name='helping',
            constraint=models.UniqueConstraint(condition=models.Q(('returned_at__isnull', True)), fields=('case',), name='wages_helping_one', violation_error_message='这起案件已经在一个市外办事处。'),
        ),
        migrations.AddIndex(
            model_name='transferral',
            index=models.Index(condition=models.Q(('asked_again_at__isnull', True), ('state', 'waiting')), fields=['ask_again_on'], name='wages_transferral_silent'),
        ),
        migrations.AddConstraint(
            model_name='transferral',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'took', 'done', 'returned'])), name='wages_transferral_state', violation_error_message='未知的答复。'),
        ),
        migrations.AddConstraint(
            model_name='transferral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_on__isnull', False), ('recorded_at__isnull', False), ('recorded_by__isnull', False)), models.Q(('answered_on__isnull', True), ('recorded_at__isnull', True), ('recorded_by__isnull', True)), _connector='OR'), name='wages_transferral_answered', violation_error_message='答复要有日期和登记人。'),
        ),
        migrations.AddConstraint(
            model_name='transferral',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['took', 'done', 'returned']), _negated=True), ('recorded_at__isnull', False), _connector='OR'), name='wages_transferral_state_answered', violation_error_message='有答复就要有登记时间。'),
        ),
        migrations.AddConstraint(
            model_name='transferral',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'returned'), _negated=True), fields=('case',), name='wages_transferral_one', violation_error_message='这起案件已经转送。'),
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
