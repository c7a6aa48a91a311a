"""Routing rules, and the office that one gave a case: whose desk it lies on is a column made from both."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

# What runs out first, then what came last.
BY_DEADLINE = (
    models.OrderBy(models.F('due_on'), nulls_last=True),
    models.OrderBy(models.F('submitted_at'), descending=True),
    models.OrderBy(models.F('id'), descending=True),
)


class Migration(migrations.Migration):

    dependencies = [
        ('employers', '0001_initial'),
        ('wages', '0010_inaction'),
        ('workers', '0004_parameters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='RoutingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(help_text='小的先看；第一条符合的规则算数。', verbose_name='顺序')),
                ('title', models.CharField(max_length=60, verbose_name='名称')),
                ('kind', models.CharField(blank=True, choices=[('complaint', '投诉'), ('report', '举报')], max_length=10, verbose_name='类别')),
                ('field_type', models.CharField(blank=True, choices=[('construction', '工地'), ('other', '工厂、饭店、家政等')], max_length=12, verbose_name='领域')),
                ('place', models.CharField(blank=True, help_text='例如 500116 是江津区；空着是全市。', max_length=12, verbose_name='用工地（区划代码开头）')),
                ('employer_kind', models.CharField(blank=True, choices=[('unknown', '登记库里没有的单位'), ('A', '农、林、牧、渔业'), ('B', '采矿业'), ('C', '制造业'), ('D', '电力、热力、燃气及水生产和供应业'), ('E', '建筑业'), ('F', '批发和零售业'), ('G', '交通运输、仓储和邮政业'), ('H', '住宿和餐饮业'), ('I', '信息传输、软件和信息技术服务业'), ('J', '金融业'), ('K', '房地产业'), ('L', '租赁和商务服务业'), ('M', '科学研究和技术服务业'), ('N', '水利、环境和公共设施管理业'), ('O', '居民服务、修理和其他服务业'), ('P', '教育'), ('Q', '卫生和社会工作'), ('R', '文化、体育和娱乐业'), ('S', '公共管理、社会保障和社会组织'), ('T', '国际组织')], max_length=8, verbose_name='单位')),
                ('amount_from_fen', models.BigIntegerField(blank=True, null=True, verbose_name='金额不少于（分）')),
                ('headcount_from', models.PositiveIntegerField(blank=True, null=True, verbose_name='人数不少于')),
                ('office', models.CharField(blank=True, max_length=6, verbose_name='交给')),
                ('strategy', models.CharField(choices=[('', '不指定，由机构分派'), ('least', '在办最少的人')], default='', max_length=8, verbose_name='承办人')),
                ('valid_from', models.DateField(verbose_name='从哪天起')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='到哪天止')),
                ('proposed_at', models.DateTimeField(verbose_name='提出时间')),
                ('switched_on_at', models.DateTimeField(blank=True, null=True, verbose_name='启用时间')),
                ('switched_off_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
            ],
            options={
                'verbose_name': '分案规则',
                'verbose_name_plural': '分案规则',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='office',
            field=models.CharField(blank=True, default='', max_length=6, verbose_name='承办机构'),
        ),
        # A generated column is not altered but made anew, with the indexes that begin with it.
        migrations.RemoveIndex(model_name='case', name='wages_case_desk_district'),
        migrations.RemoveIndex(model_name='case', name='wages_case_by_name'),
        migrations.RemoveField(model_name='case', name='district'),
        migrations.AddField(
            model_name='case',
            name='district',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.NullIf('office', models.Value('')), django.db.models.functions.text.Left('division', 6)), output_field=models.CharField(max_length=6, verbose_name='区县')),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('district'), *BY_DEADLINE, name='wages_case_desk_district', include=['closed_at', 'kind', 'field_type']),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_at__isnull', True), ('employer__isnull', True)), fields=['employer_name', 'district'], name='wages_case_by_name'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('office', ''), ('office__regex', '^50\\d{4}$'), _connector='OR'), name='wages_case_office', violation_error_message='承办机构应在重庆市。'),
        ),
        migrations.AddField(
            model_name='routingrule',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人'),
        ),
        migrations.AddField(
            model_name='routingrule',
            name='switched_off_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='停用人'),
        ),
        migrations.AddField(
            model_name='routingrule',
            name='switched_on_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='启用人'),
        ),
        migrations.AddIndex(
            model_name='routingrule',
            index=models.Index(models.F('order'), models.F('id'), name='wages_rule_order'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['complaint', 'report', ''])), name='wages_rule_kind', violation_error_message='未知的类别。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('field_type__in', ['construction', 'other', ''])), name='wages_rule_field', violation_error_message='未知的领域。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('strategy__in', ['', 'least'])), name='wages_rule_strategy', violation_error_message='未知的方式。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('switched_on_at__isnull', False), ('switched_on_by__isnull', False)), models.Q(('switched_on_at__isnull', True), ('switched_on_by__isnull', True)), _connector='OR'), name='wages_rule_on', violation_error_message='启用要有人'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('switched_off_at__isnull', False), ('switched_off_by__isnull', False)), models.Q(('switched_off_at__isnull', True), ('switched_off_by__isnull', True)), _connector='OR'), name='wages_rule_off', violation_error_message='停用要有人'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('proposed_by', models.F('switched_on_by')), _negated=True), name='wages_rule_maker_is_not_checker', violation_error_message='提出人不能启用自己提出的规则。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__lte', models.F('valid_to'))), name='wages_rule_days', violation_error_message='起止日期颠倒了。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('office', ''), ('office__regex', '^50\\d{4}$'), _connector='OR'), name='wages_rule_office', violation_error_message='交给市级或重庆市的区县。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('place', ''), ('place__regex', '^50\\d{0,10}$'), _connector='OR'), name='wages_rule_place', violation_error_message='区划代码以 50 开头，只写数字。'),
        ),
        migrations.AddConstraint(
            model_name='routingrule',
            constraint=models.CheckConstraint(condition=models.Q(('switched_off_at__isnull', True), ('switched_on_at__isnull', False), _connector='OR'), name='wages_rule_off_after_on'),
        ),
    ]
