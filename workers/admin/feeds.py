"""Department files in the officials' site: what is theirs beside what every kind of files has."""

from typing import Any

from django.contrib import admin
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.calendar import local_day
from core.templatetags.ui import cn_date

from .. import policies
from ..feeds import receiving
from ..feeds.reading import blanks, profiles
from ..feeds.reading.tables import Format
from ..forms.feeds import UploadForm
from ..models import FeedBatch
from . import feed_page
from .file_batches import FileBatchAdmin


@admin.register(FeedBatch)
class FeedBatchAdmin(FileBatchAdmin):
    list_display = ["state_word", "name", "source", "day", "rows", "returned", "when", "uploaded_by"]
    list_display_links = ["name"]
    list_filter = ["state", "source"]
    upload_title = gettext_lazy("上传部门数据")
    page_template = "admin/workers/department_file.html"
    upload_template = "admin/workers/department_upload.html"
    decide_template = "admin/workers/department_decide.html"
    verbs = {**FileBatchAdmin.verbs, "confirm": (gettext_lazy("写入登记"), *FileBatchAdmin.verbs["confirm"][1:])}

    @admin.display(description=gettext_lazy("数据日期"), ordering="observed_on")
    def day(self, row: FeedBatch) -> str:
        return cn_date(row.observed_on)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may_see_imports(request.user)

    def get_urls(self) -> list:
        blank = self.admin_site.admin_view(self.blank)
        return [path("blank/<int:source>.<slug:kind>", blank, name="workers_feedbatch_blank"), *super().get_urls()]

    def page(self, batch: FeedBatch, user: Any) -> dict:
        return feed_page.context(batch, user, at=timezone.now())

    def upload_form(self, request: HttpRequest, bound: tuple, refusal: Any) -> Form:
        return UploadForm(*bound, refusal=refusal, today=local_day(timezone.now()))

    def upload_context(self) -> dict:
        return {"departments": [(profile, blanks.headers(profile)) for profile in map(profiles.of, profiles.NAMES)]}

    def take_in(self, upload: receiving.SealedUpload, said: dict, *, by: Any) -> FeedBatch:
        return receiving.take_in(
            upload.sealed_name,
            upload.kept,
            upload.name,
            source=said["source"],
            observed_on=said["observed_on"],
            by=by,
            at=timezone.now(),
        )

    def blank(self, request: HttpRequest, source: int, kind: str) -> HttpResponse:
        """An empty table of a department to fill in."""
        self.require_import(request)
        if source not in profiles.NAMES or kind not in blanks.CONTENT_TYPES:
            raise Http404
        profile = profiles.of(source)
        return self.table(blanks.blank(profile, Format(kind)), kind, _("{name}部门模板").format(name=profile.name))
