"""Files on their way in, of any kind, in the officials' site: upload, progress, preview, and decisions as buttons.

A kind's own admin derives from this and says what its upload form asks, what its preview shows, and which empty tables
there are. The pages are `admin/workers/feed*.html` for every kind.
"""

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
from core.templatetags.ui import badge, cn_datetime

from ..feeds import deciding, kinds, progress, receiving
from ..feeds.reading import blanks
from ..feeds.reading.tables import Format
from ..forms.feeds import ReasonForm
from ..models.feed import FileBatch
from .reloading import render_moving


class FileBatchAdmin(PortalModelAdmin):
    list_filter = ["state"]
    list_select_related = ["uploaded_by"]
    ordering = ["-uploaded_at", "-pk"]
    change_list_template = "admin/workers/feeds.html"
    page_template = "admin/workers/feed.html"
    upload_template = "admin/workers/feed_upload.html"
    decide_template = "admin/workers/feed_decide.html"
    upload_title: Any = gettext_lazy("上传文件")
    verbs: dict[str, tuple[Any, Callable, type[Form] | None]] = {
        "confirm": (gettext_lazy("写入"), deciding.confirm, None),
        "drop": (gettext_lazy("放弃"), deciding.drop, None),
        "undo": (gettext_lazy("撤销这一批"), deciding.take_back, ReasonForm),
    }

    def page(self, batch: FileBatch, user: Any) -> dict:
        """What the page of one file shows, `verbs` and `tiles` among it."""
        raise Http404

    def upload_form(self, request: HttpRequest, bound: tuple, refusal: Any) -> Form:
        raise Http404

    def upload_context(self) -> dict:
        """What stands below the form."""
        return {}

    def take_in(self, upload: receiving.SealedUpload, said: dict, *, by: Any) -> FileBatch:
        raise Http404

    def may_import(self, user: Any) -> bool:
        return kinds.of(self.model).may(user, None)

    @property
    def kind(self) -> kinds.Kind:
        return kinds.of(self.model)

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args)

    @admin.display(description=gettext_lazy("状态"), ordering="state")
    def state_word(self, row: FileBatch) -> str:
        stands = progress.of(row, at=timezone.now())
        return badge(stands.word, stands.tone)

    @admin.display(description=gettext_lazy("行数"))
    def rows(self, row: FileBatch) -> str:
        return f"{row.lines_total if row.lines_total is not None else row.lines_done:,}"

    @admin.display(description=gettext_lazy("退回"))
    def returned(self, row: FileBatch) -> str:
        return f"{row.counts.get('returned_rows', 0):,}"

    @admin.display(description=gettext_lazy("上传时间"), ordering="uploaded_at")
    def when(self, row: FileBatch) -> str:
        return cn_datetime(row.uploaded_at)

    def get_urls(self) -> list:
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("upload/", view(csrf_exempt(self.upload)), name=f"{name}_upload"),
            path("<int:pk>/returned/<int:number>/", view(self.returned_rows), name=f"{name}_returned"),
            path("<int:pk>/decide/<slug:verb>/", view(self.decide), name=f"{name}_decide"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {"may_import": self.may_import(request.user), "upload_title": self.upload_title}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        """One file. While the background is at it, the page loads itself again, without a script."""
        batch = self.row_or_404(request, object_id, "uploaded_by", "confirmed_by")
        context = self.page(batch, request.user)
        context["verbs"] = [(verb, self.verbs[verb][0]) for verb in context["verbs"]]
        frame = self.admin_site.each_context(request)
        page = {**frame, **context, "opts": self.opts, "title": batch.name}
        return render_moving(request, self.page_template, page, moving=context["progress"].moving)

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Receive a file sealed. Who may not import is turned away before a byte of it is read.

        The body may be read only after the handler is in place, so the CSRF check comes here and not before.
        """
        self.require_import(request)
        handler = receiving.SealingUploadHandler(request)
        request.upload_handlers = [handler]
        try:
            return csrf_protect(self._upload)(request, handler)
        finally:
            handler.discard()

    def _upload(self, request: HttpRequest, handler: receiving.SealingUploadHandler) -> HttpResponse:
        received: list[FileBatch] = []
        bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)

        def act(said: dict) -> None:
            upload = said["file"]
            handler.take()
            received.append(self.take_in(upload, said, by=request.user))

        answer = ask(
            self,
            request,
            title=self.upload_title,
            form=self.upload_form(request, bound, handler.refusal),
            act=act,
            done=_("文件已收到，正在排队检查。"),
            back=self.address("changelist"),
            template=self.upload_template,
            **self.upload_context(),
        )
        return redirect(self.address("change", received[0].pk)) if received else answer

    def table(self, content: bytes, kind: str, name: str) -> HttpResponse:
        """A table to download, such as an empty one to fill in."""
        disposition = content_disposition_header(True, f"{name}.{kind}")
        return HttpResponse(
            content,
            content_type=blanks.CONTENT_TYPES[Format(kind)],
            headers={"Content-Disposition": disposition},
        )

    def returned_rows(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """A workbook of rows that went back. It holds ID numbers, so it is kept nowhere on the way."""
        batch = self.row_or_404(request, pk, "uploaded_by", "confirmed_by")
        self.require_import(request)
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
        if verb not in self.verbs:
            raise Http404
        self.require_import(request)
        title, service, form = self.verbs[verb]
        return ask(
            self,
            request,
            title=title,
            form=form(request.POST if request.method == "POST" else None) if form else None,
            act=lambda said: service(batch, by=request.user, at=timezone.now(), **said),
            done=_("已办理：{what}。").format(what=title),
            back=self.address("change", batch.pk),
            template=self.decide_template,
            batch=batch,
            verb=verb,
            tiles=self.page(batch, request.user)["tiles"],
        )

    def require_import(self, request: HttpRequest) -> None:
        if not self.may_import(request.user):
            raise PermissionDenied
