"""What of a person the monthly files hold."""

from django.db.models import QuerySet

from workers.models import Worker
from workers.rights.registry import Person, export, leave_out

from .models import AttendanceLine, PayrollLine
from .own import people_of


def _payroll(person: Person) -> QuerySet:
    return PayrollLine.objects.filter(person__in=_ids(person)).order_by("month", "project", "batch")


def _attendance(person: Person) -> QuerySet:
    return AttendanceLine.objects.filter(person__in=_ids(person)).order_by("month", "project", "batch")


def _ids(person: Person) -> list[int]:
    return people_of(Worker.everyone.filter(pk__in=person.rows))


export("payroll_lines", PayrollLine, _payroll)
export("attendance_lines", AttendanceLine, _attendance)
leave_out("sites.payrollfile", "银行和施工单位整批文件的办理记录；里面关于你的行都在“工资明细”和“考勤明细”里。")
leave_out("sites.site", "工程项目的资料，不是个人的。")
leave_out("sites.stranger", "登记里没有的人只存不可还原的摘要；登记以后，那些行就在“工资明细”里。")
leave_out("sites.fact", "工程项目的事项，不是个人的；登记人、撤回人都是工作人员。")
leave_out("sites.deposit", "拨到工程专用账户的人工费用，不是个人的。")
leave_out("sites.alert", "工程项目的预警，只有人数和金额；处理的都是工作人员。")
leave_out("sites.watchrule", "监测规则是公开的办法，经手的都是工作人员。")
leave_out("sites.simulation", "规则试算只有人数和金额，试算的都是工作人员。")
