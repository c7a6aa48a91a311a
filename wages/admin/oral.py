"""口头投诉: an official types while somebody speaks, on the phone or at the window (实施规定: who cannot write)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import address, codes, phones, question, sms
from accounts.forms.phone import CodeField
from accounts.pending import session_key
from accounts.policies import is_official
from accounts.views import sending
from core.calendar import local_day
from core.errors import Refusal
from core.masking import mask_phone

from .. import services, steps, summary
from ..enums import Channel
from ..forms import OfficialsHead, Whole
from ..models import Case, Draft
from ..offices import office_of

PARTS = [*steps.WITHOUT_CODE, *steps.OPTIONAL]


class HeardForm(forms.Form):
    code = CodeField(label=gettext_lazy("他念的验证码"), help_text=gettext_lazy("6 位数字，5 分钟内有效。"))


class RecordForm(forms.Form):
    record = forms.FileField(
        label=gettext_lazy("签字笔录的照片"),
        help_text=gettext_lazy("照片或 PDF，看得清签名和日期。"),
        error_messages={"required": gettext_lazy("请选签字笔录的照片。")},
    )


def addresses(admin: Any) -> list[tuple[str, Callable[..., HttpResponse], str]]:
    """Route, view and name, beside the case's own."""

    def bound(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not is_official(request.user):
                raise PermissionDenied
            return view(admin, request, **kwargs)

        return guarded

    return [
        ("oral/", bound(ask), "oral"),
        ("oral/<uuid:draft>/", bound(ask), "oral_edit"),
        ("oral/<uuid:draft>/check/", bound(check), "oral_check"),
        ("oral/<uuid:draft>/record/", bound(record), "oral_record"),
    ]


def _find(request: HttpRequest, uuid: UUID) -> Draft:
    """One's own; nobody sees what a colleague is typing."""
    found = Draft.objects.select_related("wage_code__employer", "wage_code__project")
    draft = found.filter(uuid=uuid, entered_by=request.user, client__isnull=True).first()
    if draft is None:
        raise Http404
    return draft


def ask(admin: Any, request: HttpRequest, draft: UUID | None = None) -> HttpResponse:
    """Page one: everything the complainant is asked, on one page."""
    known = _find(request, draft) if draft else None
    at = timezone.now()
    whole = Whole(OfficialsHead, PARTS, today=local_day(at), data=request.POST or None, draft=known)
    if request.method == "POST" and whole.is_valid():
        kept = _keep(request, whole, known)
        return HttpResponseRedirect(reverse("admin:wages_case_oral_check", args=[kept.uuid]))
    return admin.render(request, "oral", _("登记口头投诉"), whole=whole)


def _keep(request: HttpRequest, whole: Whole, known: Draft | None) -> Draft:
    """Another wage code answers other questions, so it begins another draft."""
    by, at, head = request.user, timezone.now(), whole.head.cleaned_data
    if known and (known.channel != head["channel"] or known.wage_code != whole.code):
        services.discard(known, by=by, at=at)
        known = None
    draft = known or services.begin_for(channel=Channel(head["channel"]), code=whole.code, by=by, at=at)
    return services.take_down(draft, whole.answers(), phone=head["phone"], by=by, at=at)


def check(admin: Any, request: HttpRequest, draft: UUID) -> HttpResponse:
    """Page two: what was typed, what may be the same already, and the complainant's own word."""
    found = _find(request, draft)
    action = request.POST.get("action", "")
    heard = HeardForm(request.POST if action == "file" else None)
    signed = RecordForm(*((request.POST, request.FILES) if action == "record" else ()))
    heard.label_suffix = signed.label_suffix = ""
    if action == "send":
        return _send(request, found)
    try:
        if action == "file" and heard.is_valid():
            return _filed(admin, request, _file_by_code(request, found, heard.cleaned_data["code"]))
        if action == "record" and signed.is_valid():
            upload = signed.cleaned_data["record"]
            return _filed(admin, request, services.file_on_record(found, upload, by=request.user, at=timezone.now()))
    except Refusal as refusal:
        form = signed if action == "record" else heard
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    phone = services.phone_for(found)
    context = {
        "draft": found,
        "rows": [{"label": row["label"], "value": row["value"]} for row in summary.rows_of(found) if row["value"]],
        "repeats": services.repeats_of(found, phone),
        "phone": phones.spaced(phone),
        "heard": heard,
        "signed": signed,
    }
    return admin.render(request, "oral_check", _("核对并请本人确认"), **context)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    here = reverse("admin:wages_case_oral_check", args=[draft.uuid])
    at = timezone.now()
    answered = question.answered(request, at=at)
    try:
        sent = services.ask_person(
            draft,
            session_key=session_key(request),
            by=request.user,
            at=at,
            address=address.of(request),
            asked=answered,
        )
    except codes.QuestionFirst as first:
        return sending.ask_first(request, first, after=here)
    except Refusal as refusal:
        messages.warning(request, refusal.message)
        return HttpResponseRedirect(here)
    if answered:
        question.use_up(request)
    shown = mask_phone(services.phone_for(draft))
    messages.success(request, _("验证码已发到 {phone}，请他念给你。").format(phone=shown))
    if settings.DEMO:
        messages.warning(request, _("演示：短信不会真的发出。") + sms.text_about(codes.EVENT, sent.uuid))
    return HttpResponseRedirect(here)


def _file_by_code(request: HttpRequest, draft: Draft, code: str) -> Case:
    key, by, at = session_key(request), request.user, timezone.now()
    services.hear_person(draft, code, session_key=key, by=by, at=at)
    return services.file_for(draft, session_key=key, by=by, at=at)


def _filed(admin: Any, request: HttpRequest, case: Case) -> HttpResponse:
    """To the case where it is one's own place's; another office has it otherwise."""
    words = _("已登记，编号 {number}，由{office}办理。请把编号告诉投诉人，他也会收到短信。")
    messages.success(request, words.format(number=case.number, office=office_of(case.division).name))
    if admin.get_queryset(request).filter(pk=case.pk).exists():
        return HttpResponseRedirect(reverse("admin:wages_case_change", args=[case.pk]))
    return HttpResponseRedirect(reverse("admin:wages_case_changelist"))


def record(admin: Any, request: HttpRequest, draft: UUID) -> HttpResponse:
    """口头投诉笔录, to print, read aloud and sign."""
    found = _find(request, draft)
    context = {
        "draft": found,
        "rows": [{"label": row["label"], "value": row["value"]} for row in summary.rows_of(found) if row["value"]],
        "name": found.name.open() if found.name else "",
        "address": found.address.open() if found.address else "",
        "phone": phones.spaced(services.phone_for(found)),
        "office": office_of(found.division),
        "at": timezone.now(),
    }
    response = admin.render(request, "oral_record", _("口头投诉笔录"), **context)
    response["Cache-Control"] = "no-store, private"
    return response
