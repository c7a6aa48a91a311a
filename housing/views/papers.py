"""Papers: what is needed, handing in, and reading them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core import files

from .. import policies, presentation, services
from ..declared import missing_papers, needs_of
from ..enums import DocumentKind, State
from ..models import Document, HousingApplication
from ..services.files import ADDING, REMOVING
from ._access import for_applicants, open_application


def _open_for_papers(request: HttpRequest) -> HousingApplication:
    application = open_application(request)
    if application is None or application.state not in ADDING:
        raise Http404
    return application


@require_safe
@for_applicants
def overview(request: HttpRequest) -> HttpResponse:
    """The list of papers, for a draft and for an application that waits for papers."""
    application = open_application(request)
    if application is None or application.state not in ADDING:
        return redirect(request.applicant.url("apply"))
    if not application.work:
        return render(request, "housing/documents_later.html", {})
    draft = application.state == State.DRAFT
    context = {
        "application": application,
        "papers": presentation.paper_rows(application, needs_of(application), url=request.applicant.url),
        "others": application.documents.filter(kind=DocumentKind.OTHER).count(),
        "waits": application.state == State.DOCS_DUE,
        "missing": missing_papers(application),
        "back_url": request.applicant.url("apply" if draft else "mine"),
    }
    return render(request, "housing/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_applicants
def hand_in(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of paper: files kept so far, and two ways to add more. A file that fails loses no other."""
    application = _open_for_papers(request)
    if kind not in DocumentKind.values:
        raise Http404
    problems: list[str] = []
    if request.method == "POST" and request.POST.get("remove"):
        return _remove(request, application, kind)
    if request.method == "POST":
        problems = _keep(request, application, kind)
        if not problems:
            return redirect(request.applicant.url("documents"))
    kept = list(application.documents.filter(kind=kind).select_related("file").order_by("pk"))
    need = next((need for need in needs_of(application) if need.kind == kind), None) if application.work else None
    context: dict[str, Any] = {
        "kind": DocumentKind(kind),
        "why": need.why if need else _("你觉得有用的，都可以交"),
        "problems": problems,
        "has_errors": bool(problems),
        "kept": kept,
        "may_remove": application.state in REMOVING,
    }
    return render(request, "housing/hand_in.html", context)


def _keep(request: HttpRequest, application: HousingApplication, kind: str) -> list[str]:
    uploads = request.FILES.getlist("files")
    if not uploads:
        return [_("还没有选照片或文件。")]
    at = timezone.now()
    kept, problems = services.attach(application, DocumentKind(kind), uploads, by=request.user, at=at)
    if kept:
        messages.success(request, _("收下 {count} 份。").format(count=kept))
    return problems


def _remove(request: HttpRequest, application: HousingApplication, kind: str) -> HttpResponse:
    wanted = request.POST["remove"]
    is_id = wanted.isascii() and wanted.isdecimal() and len(wanted) < 19
    document = application.documents.filter(pk=int(wanted)).first() if is_id else None
    if document is None:
        raise Http404
    services.detach(document, by=request.user, at=timezone.now())
    return redirect(request.applicant.url("hand_in", kind))


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper for the applicant, their broker, the officials of the district and auditors; others learn nothing."""
    visible = HousingApplication.objects.visible_to(request.user)
    rows = Document.objects.filter(application__in=visible).select_related("application__worker", "file")
    document = rows.filter(pk=pk).first()
    if document is None or not policies.may_read_papers(request.user, document.application):
        raise Http404
    services.note_reading(document, by=request.user, at=timezone.now())
    return files.respond(document.file)
