"""The two sealed indicators: what is written for an ID number or a mobile number."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts import phones
from core.calendar import local_day
from core.crypto import blind_index
from core.errors import Refusal, refuse_unless

from .. import id_numbers
from ..indicators import Indicator
from ..models import Worker

# Compared through their indexes; the ciphertext of the same value differs each time.
CIPHERTEXTS = frozenset({"id_number", "mobile"})


def columns_of(row: Worker, indicator: Indicator, value: Any, *, at: datetime) -> dict[str, Any]:
    """Ciphertext column and index column for a typed value. Raises `Refusal`, also for a child, whoever states it."""
    if indicator.code == "mobile":
        if value is None:
            return {"mobile": None, "mobile_index": None}
        number = phones.clean(str(value))
        return {"mobile": number, "mobile_index": phones.index(number)}
    said = readable(str(value))
    refuse_children(said, at=at)
    index = blind_index("id_number", said.number)
    if row._state.adding:  # whether somebody has the number is judged when the row is added
        return {"id_number": said.number, "id_number_index": index}
    carrier = Worker.everyone.filter(id_number_index=index).exclude(pk=row.pk).first()
    if carrier is not None:
        is_same_person = carrier.merged_into_id == row.pk
        refuse_unless(is_same_person, _("这个身份证号已经登记在另一个人名下。"), field="id_number")
        return {"id_number": said.number}  # a number has one index, and the merged row keeps it
    return {"id_number": said.number, "id_number_index": index}


def readable(typed: str) -> id_numbers.Said:
    """What a typed ID number says; a sentence for one that cannot exist."""
    said = id_numbers.read(typed[:40])
    refuse_unless(said is not None, _("身份证号不对，请照身份证核对 18 位号码。"), field="id_number")
    return said


def refuse_children(said: id_numbers.Said, *, at: datetime) -> None:
    """Nobody below the working age may be employed (禁止使用童工规定 art. 2), so nobody is registered here."""
    day = local_day(at)
    if not id_numbers.may_work(said.birth_date, day):
        text = _("不满 {n} 周岁不能登记找工作。如果有人让你打工，请拨打 12333 或 110。")
        raise Refusal(text.format(n=id_numbers.working_age(day)), field="id_number")
