"""Going on with a draft by the code that stands on every page of it; nothing else of the draft is needed or told.

Fifty random bits: among fifty thousand drafts one guess in twenty thousand million hits. Wrong ones are counted per
address beside wrong case numbers; beyond a score an hour a question is asked, beyond a hundred no code opens anything
from there until the hour is over. A wrong code, one too old and one tried too often get the same answer.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import address as network
from accounts import sms
from accounts.locks import queue_for
from core import handwritten
from core.calendar import local_day
from core.crypto import blind_index

from .. import law
from ..models import Draft, StatusTry
from .status import HOUR

LENGTH = 10
EVENT = "wages.resume"
# In the table of wrong pairs, where a case's number stands otherwise.
_COUNTED_AS = "resume"
FROM_ONE_ADDRESS = 100


def draw() -> str:
    """A new code."""
    return handwritten.draw(LENGTH)


def index_of(code: str) -> bytes:
    return blind_index("wages.resume", code)


def spelt(draft: Draft) -> str:
    """The draft's code as people copy it; empty for a draft that has none."""
    return handwritten.grouped(draft.resume_code.open()) if draft.resume_code else ""


def find_draft(typed: str, *, at: datetime, address: str) -> Draft | None:
    """The draft of this code. Tries from one address wait for each other, so parallel ones do not slip by the limit."""
    code, here = handwritten.read(typed, LENGTH), network.index(address)
    with transaction.atomic():
        queue_for(blind_index("wages.resume.address", address))
        tries = StatusTry.objects.filter(number=_COUNTED_AS, address_index=here, at__gt=at - HOUR)
        if tries.count() >= FROM_ONE_ADDRESS:
            return None
        kept = Draft.objects.own().kept(at, days=law.draft_days(local_day(at)))
        found = kept.filter(resume_index=index_of(code)).first() if code else None
        if found is None:
            StatusTry.objects.create(number=_COUNTED_AS, address_index=here, at=at)
        return found


def send_code(draft: Draft, phone: str, *, at: datetime) -> None:
    """By SMS, to a number that was just proven; a spent budget of notices leaves the page as the place to copy it."""
    if not draft.resume_code:
        return
    words = _("接着填投诉的码：{code}，{days}天内有效。打开渝工通“投诉欠薪”，点“用码接着填”。别告诉别人。")
    text = words.format(code=spelt(draft), days=law.draft_days(local_day(at)))
    sms.queue_or_note(phone, text, event=EVENT, ref=str(draft.uuid), at=at)
