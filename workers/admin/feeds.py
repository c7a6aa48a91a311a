"""Department files in the officials' site: upload, progress, preview, and the decisions about them as buttons."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from core.admin import PortalModelAdmin, ask
from core.calendar import local_day
from core.templatetags.ui import badge, cn_date, cn_datetime

from .. import policies
from ..feeds import deciding, progress, receiving
from ..feeds.reading import blanks, profiles
from ..feeds.reading.tables import Format
from ..forms.feeds import ReasonForm, UploadForm
from ..models import FeedBatch
from . import feed_page
from .reloading import render_moving

VERBS: dict[str, tuple[Any, Callable, type[Form] | None]] = {
    "confirm": (gettext_lazy("写入登记"), deciding.confirm, None),
    "drop": (gettext_lazy("放弃"), deciding.drop, None),
    "undo": (gettext_lazy("撤销这一批"), deciding.take_back, ReasonForm),
}


@admin.register(FeedBatch)
class FeedBatchAdmin(PortalModelAdmin):
    list_display = ["state_word", "name", "source", "day", "rows", "returned", "when", "uploaded_by"]
    list_display_links = ["name"]
    list_filter = ["state", "source"]
    list_select_related = ["uploaded_by"]
    ordering = ["-uploaded_at", "-pk"]
    change_list_template = "admin/workers/feeds.html"

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: FeedBatch) -> str:
        stands = progress.of(row, at=timezone.now())
        return badge(stands.word, stands.tone)

    @admin.display(description=gettext_lazy("数据日期"), ordering="observed_on")
    def day(self, row: FeedBatch) -> str:
        return cn_date(row.observed_on)

    @admin.display(description=gettext_lazy("行数"))
    def rows(self, row: FeedBatch) -> str:
        return f"{row.lines_total if row.lines_total is not None else row.lines_done:,}"

    @admin.display(description=gettext_lazy("退回"))
    def returned(self, row: FeedBatch) -> str:
        return f"{row.counts.get('returned_rows', 0):,}"

    @admin.display(description=gettext_lazy("上传时间"), ordering="uploaded_at")
    def when(self, row: FeedBatch) -> str:
        return cn_datetime(row.uploaded_at)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_see_imports(request.user)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        return [
            path("upload/", view(csrf_exempt(self.upload)), name="workers_feedbatch_upload"),
            path("blank/<int:source>.<slug:kind>", view(self.blank), name="workers_feedbatch_blank"),
            path("<int:pk>/returned/<int:number>/", view(self.returned_rows), name="workers_feedbatch_returned"),
            path("<int:pk>/decide/<slug:verb>/", view(self.decide), name="workers_feedbatch_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {"may_import": policies.may_import(request.user)}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One file. While the background is at it, the page loads itself again, without a script."""
        batch = self.row_or_404(request, object_id, "uploaded_by", "confirmed_by")
        context = feed_page.context(batch, request.user, at=timezone.now())
        context["verbs"] = [(verb, VERBS[verb][0]) for verb in context["verbs"]]
        frame = self.admin_site.each_context(request)
        page = {**frame, **context, "opts": self.opts, "title": batch.name}
        return render_moving(request, "admin/workers/feed.html", page, moving=context["progress"].moving)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Receive a file sealed. Who may not import is turned away before a byte of it is read.

        The body may be read only after the handler is in place, so the CSRF check comes here and not before.
        """
        _require_import(request)
        handler = receiving.SealingUploadHandler(request)
        request.upload_handlers = [handler]
        try:
            return csrf_protect(self._upload)(request, handler)
        finally:
            handler.discard()

    def _upload(self, request: HttpRequest, handler: receiving.SealingUploadHandler) -> HttpResponse:
        received: list[FeedBatch] = []
        bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)

        def act(said: dict) -> None:
            upload = said["file"]
            handler.take()
            received.append(
                receiving.take_in(
                    upload.sealed_name,
                    upload.kept,
                    upload.name,
                    source=said["source"],
                    observed_on=said["observed_on"],
                    by=request.user,
                    at=timezone.now(),
                )
            )

        answer = ask(
            self,
            request,
            title=_("上传部门数据"),
            form=UploadForm(*bound, refusal=handler.refusal, today=local_day(timezone.now())),
            act=act,
            done=_("文件已收到，正在排队检查。"),
            back=reverse("admin:workers_feedbatch_changelist"),
            template="admin/workers/feed_upload.html",
            departments=[(profile, blanks.headers(profile)) for profile in map(profiles.of, profiles.NAMES)],
        )
        return redirect("admin:workers_feedbatch_change", received[0].pk) if received else answer

    def blank(self, request: HttpRequest, source: int, kind: str) -> HttpResponse:
        """An empty table of a department to fill in."""
        _require_import(request)
        if source not in profiles.NAMES or kind not in blanks.CONTENT_TYPES:
            raise Http404
        profile = profiles.of(source)
        name = _("{name}部门模板").format(name=profile.name)
        disposition = content_disposition_header(True, f"{name}.{kind}")
        return HttpResponse(
            blanks.blank(profile, Format(kind)),
            content_type=blanks.CONTENT_TYPES[Format(kind)],
            headers={"Content-Disposition": disposition},
        )

    def returned_rows(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """A workbook of rows that went back. It holds ID numbers, so it is kept nowhere on the way."""
        batch = self.row_or_404(request, pk, "uploaded_by", "confirmed_by")
        _require_import(request)
        if not 1 <= number <= batch.counts.get("books", 0):
            raise Http404
        pieces = deciding.hand_back(batch, number, by=request.user, at=timezone.now())
        stem = batch.name.rpartition(".")[0] or batch.name
        name = f"{stem}-{_('退回')}{'' if number == 1 else number}.xlsx"
        return StreamingHttpResponse(
            pieces,
            content_type=blanks.CONTENT_TYPES[Format.XLSX],
            headers={
                "Content-Disposition": content_disposition_header(True, name),
                "Cache-Control": "no-store, private",
                "Content-Encoding": "identity",
            },
        )

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Write, give up, or take back."""
        batch = self.row_or_404(request, pk, "uploaded_by", "confirmed_by")
        if verb not in VERBS:
            raise Http404
        _require_import(request)
        title, service, form = VERBS[verb]
        return ask(
            self,
            request,
            title=title,
            form=form(request.POST if request.method == "POST" else None) if form else None,
            act=lambda said: service(batch, by=request.user, at=timezone.now(), **said),
            done=_("已办理：{what}。").format(what=title),
            back=reverse("admin:workers_feedbatch_change", args=[batch.pk]),
            template="admin/workers/feed_decide.html",
            batch=batch,
            verb=verb,
            tiles=feed_page.context(batch, request.user, at=timezone.now())["tiles"],
        )


def _require_import(request: HttpRequest) -> None:
    if not policies.may_import(request.user):
        raise PermissionDenied
