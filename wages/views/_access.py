"""What this browser may open: its draft, its receipts, the cases it named rightly, those it proved to own.

Everything rests in the server-side session; an account's own cases need none of it.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest

from accounts import stepup
from accounts.policies import is_worker

from .. import policies
from ..enums import Kind
from ..marks import read_case_number
from ..models import Case, Claimant, Draft

DRAFT, RECEIPTS, SEEN, OWN = "wages_draft", "wages_receipts", "wages_seen", "wages_own"
PEOPLE = "wages_people"
SEEN_FOR = timedelta(hours=2)
OWN_FOR = timedelta(minutes=30)
RECEIPTS_KEPT = 5


def draft_of(request: HttpRequest) -> Draft | None:
    """The draft of this session, else the newest of the account."""
    related = Draft.objects.select_related("wage_code__employer", "wage_code__project")
    held = request.session.get(DRAFT)
    draft = related.filter(uuid=held).first() if held else None
    if draft is None and is_worker(request.user) and not stepup.is_held(request):
        draft = related.filter(user=request.user).order_by("-touched_at", "-pk").first()
    return draft


def hold(request: HttpRequest, draft: Draft) -> None:
    request.session[DRAFT] = str(draft.uuid)


def add_receipt(request: HttpRequest, number: str, at: datetime) -> None:
    """The draft became a case: the receipt, and the case's status, are open in this browser."""
    request.session.pop(DRAFT, None)
    kept = [known for known in request.session.get(RECEIPTS, []) if known != number]
    request.session[RECEIPTS] = [number, *kept][:RECEIPTS_KEPT]
    note(request, SEEN, number, at)


def receipts(request: HttpRequest) -> list[str]:
    return request.session.get(RECEIPTS, [])


def note(request: HttpRequest, what: str, number: str, at: datetime) -> None:
    """Remember for a while that this session named (SEEN) or proved (OWN) a case."""
    kept = {k: v for k, v in request.session.get(what, {}).items() if k != number}
    request.session[what] = {**dict(list(kept.items())[-9:]), number: at.timestamp()}


def _fresh(request: HttpRequest, what: str, number: str, at: datetime, span: timedelta) -> bool:
    since = request.session.get(what, {}).get(number)
    return since is not None and at.timestamp() - since < span.total_seconds()


def seen_case(request: HttpRequest, number: str, *, at: datetime) -> Case | None:
    """The case if this browser may see its progress, else None, also for a number that does not exist."""
    case = Case.objects.filter(number=read_case_number(number) or "").first()
    if case is None:
        return None
    if _is_account(request, case) or _fresh(request, SEEN, case.number, at, SEEN_FOR):
        return case
    return case if owns(request, case, at=at) else None


def owns(request: HttpRequest, case: Case, *, at: datetime) -> bool:
    """Whether this browser may act as the complainant."""
    return _is_account(request, case) or _fresh(request, OWN, case.number, at, OWN_FOR)


def own_people(request: HttpRequest, number: str, *, at: datetime) -> list[Claimant]:
    """The people of a case for whom this browser may speak: by account, or by a code to the phone of the claim."""
    case = Case.objects.filter(number=read_case_number(number) or "").first()
    if case is None:
        return []
    people = Claimant.objects.filter(Q(case=case) | Q(origin=case)).counted().select_related("case", "origin")
    mine = Q(uuid__in=[one for one in request.session.get(PEOPLE, {}) if _fresh(request, PEOPLE, one, at, OWN_FOR)])
    if is_worker(request.user) and request.user.held_since is None and not stepup.is_held(request):
        mine |= Q(user=request.user) | Q(worker__user=request.user)
    if owns(request, case, at=at):
        mine |= Q(origin=case, phone_index=case.phone_index) | Q(origin=case, origin__kind=Kind.REPORT)
    return list(people.filter(mine).in_order())


def _is_account(request: HttpRequest, case: Case) -> bool:
    return policies.is_complainant(request.user, case) and not stepup.is_held(request)
