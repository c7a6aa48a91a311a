"""Monthly files in the officials' site; what every kind of files has is `workers.admin.file_batches`."""

from typing import Any

from django.contrib import admin
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.ui import fen
from workers.admin.feed_page import every_kind, facts
from workers.admin.file_batches import FileBatchAdmin
from workers.feeds import receiving
from workers.feeds.reading import blanks
from workers.feeds.reading.tables import Format

from .. import policies, services
from ..enums import FileKind
from ..files.profiles import PROFILES, SAMPLES
from ..forms import UploadForm
from ..models import PayrollFile

HAPPENED = {
    "sites.file_received": gettext_lazy("收到文件"),
    "sites.file_confirmed": gettext_lazy("确认写入"),
    "sites.file_applied": gettext_lazy("写入"),
    "sites.file_dropped": gettext_lazy("放弃"),
    "sites.file_taken_back": gettext_lazy("要求撤销"),
    "sites.file_undone": gettext_lazy("撤销完成"),
    "sites.file_returned": gettext_lazy("下载退回的行"),
}


@admin.register(PayrollFile)
class PayrollFileAdmin(FileBatchAdmin):
    list_display = ["state_word", "name", "kind", "teller", "rows", "returned", "when", "uploaded_by"]
    list_display_links = ["name"]
    list_filter = ["state", "kind", "teller"]
    upload_title = gettext_lazy("上传工资监测文件")
    upload_template = "admin/sites/upload.html"
    decide_template = "admin/sites/file_decide.html"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_see_files(request.user)

    def get_urls(self) -> list:
        sample = self.admin_site.admin_view(self.sample)
        return [path("sample/<slug:kind>.<slug:form>", sample, name="sites_payrollfile_sample"), *super().get_urls()]

    def page(self, batch: PayrollFile, user: Any) -> dict:
        context = every_kind(batch, user, at=timezone.now(), happened=HAPPENED)
        counts = batch.counts
        own = [
            (_("内容"), batch.get_kind_display()),
            (_("谁报的"), batch.get_teller_display()),
            (_("月份"), "、".join(counts.get("months", []))),
            (_("应发（应拨）"), fen(counts["due_fen"]) if "due_fen" in counts else ""),
            (_("实发（到账）"), fen(counts["paid_fen"]) if "paid_fen" in counts else ""),
        ]
        return {**context, "facts": facts(batch, *own)}

    def upload_form(self, request: HttpRequest, bound: tuple, refusal: Any) -> Form:
        return UploadForm(*bound, refusal=refusal)

    def upload_context(self) -> dict:
        return {
            "profiles": [
                {
                    "kind": profile.kind.value,
                    "name": profile.name,
                    "needed": [column.headers[0] for column in profile.columns if column.needed],
                    "optional": [column.headers[0] for column in profile.columns if not column.needed],
                }
                for profile in PROFILES.values()
            ]
        }

    def take_in(self, upload: receiving.SealedUpload, said: dict, *, by: Any) -> PayrollFile:
        return services.take_in(
            upload.sealed_name,
            upload.kept,
            upload.name,
            kind=said["kind"],
            teller=said["teller"],
            by=by,
            at=timezone.now(),
        )

    def sample(self, request: HttpRequest, kind: str, form: str) -> HttpResponse:
        """The headings with one line that shows what stands under them."""
        self.require_import(request)
        if kind not in FileKind.values or form not in blanks.CONTENT_TYPES:
            raise Http404
        profile = PROFILES[FileKind(kind)]
        example = [str(SAMPLES[column.column]) for column in profile.columns]
        name = _("{name}样表").format(name=profile.name)
        return self.table(blanks.blank(profile, Format(form), example=example), form, name)
