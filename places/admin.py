"""The directory for officials: what one enters another publishes; the city posts officials to offices outside."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.policies import is_official
from core import audit
from core.admin import PortalModelAdmin, ask
from core.calendar import local_day
from core.errors import Refusal
from core.templatetags.ui import badge, state_badge

from . import policies, services
from .forms import PlaceForm, PostForm, ReasonForm
from .models import Edit, Place, Post

HAPPENED = {
    "places.enter": gettext_lazy("录入"),
    "places.publish": gettext_lazy("发布"),
    "places.post": gettext_lazy("安排驻外岗位"),
    "places.relieve": gettext_lazy("结束驻外岗位"),
    "publish": gettext_lazy("发布"),
    "drop": gettext_lazy("不采用"),
}
TEMPLATE = "admin/places/ask.html"


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _lines(entries: Any) -> list[tuple]:
    return [(entry, HAPPENED.get(entry.verb, entry.verb)) for entry in entries]


@admin.register(Place)
class PlaceAdmin(PortalModelAdmin):
    list_display = ["name", "kind", "where", "phone", "checked", "valid_to"]
    list_filter = ["kind", "verified"]
    search_fields = ["name", "address"]
    ordering = ["division", "kind", "name", "pk"]
    change_form_template = "admin/places/place.html"

    @admin.display(description=gettext_lazy("所在地"), ordering="division")
    def where(self, row: Place) -> str:
        return row.where

    @admin.display(description=gettext_lazy("核对"), ordering="verified")
    def checked(self, row: Place) -> str:
        return badge(_("已核对"), "ok") if row.verified else badge(_("未核对"), "warn")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["kind", "where", *services.KEPT]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_official(request.user)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs["obj"]
        context |= {
            "may_keep": policies.may_keep(request.user, row.division),
            "may_post": row.kind == "outside" and policies.may_post(request.user),
            "pending": Edit.objects.visible_to(request.user).pending().filter(place=row).first(),
            "posts": row.posts.select_related("user").order_by("-since", "-pk") if row.kind == "outside" else [],
            "entries": _lines(audit.timeline(row)),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list:
        own = [
            ("<int:pk>/edit/", self.edit, "edit"),
            ("<int:pk>/post/", self.post, "post"),
            ("<int:pk>/post/<int:post>/relieve/", self.relieve, "relieve"),
        ]
        view = self.admin_site.admin_view
        return [*(path(route, view(act), name=f"places_place_{name}") for route, act, name in own), *super().get_urls()]

    def _entered(self, request: HttpRequest, place: Place | None, title: str, back: str) -> HttpResponse:
        def may_keep(code: str) -> bool:
            return policies.may_keep(request.user, code)

        day = local_day(timezone.now())
        form = PlaceForm(_posted(request), instance=place, today=day, may_keep=may_keep)
        return ask(
            self,
            request,
            title=title,
            form=form,
            act=lambda values: services.enter(values, place=place, by=request.user, at=timezone.now()),
            done=_("已录入，等一位同事发布后生效。"),
            back=back,
            template=TEMPLATE,
            about=str(place or ""),
        )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._entered(request, None, _("新增办事地点"), reverse("admin:places_edit_changelist"))

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.row_or_404(request, pk)
        if not policies.may_keep(request.user, row.division):
            raise PermissionDenied
        return self._entered(request, row, _("修改办事地点"), reverse("admin:places_place_change", args=[pk]))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.row_or_404(request, pk)
        if not policies.may_post(request.user):
            raise PermissionDenied

        def act(said: dict) -> None:
            user = User.objects.filter(username=said["username"].strip()).first()
            if user is None:
                raise Refusal(_("没有这个用户名。"), field="username")
            try:
                services.post(row, user, by=request.user, at=timezone.now())
            except Refusal as no:
                raise Refusal(no.message, field="username") from no

        return ask(
            self,
            request,
            title=_("安排驻外岗位"),
            form=PostForm(_posted(request)),
            act=act,
            done=_("已安排。"),
            back=reverse("admin:places_place_change", args=[pk]),
            template=TEMPLATE,
            about=str(row),
        )

    def relieve(self, request: HttpRequest, pk: int, post: int) -> HttpResponse:
        row = Post.objects.select_related("place", "user").filter(place=self.row_or_404(request, pk), pk=post).first()
        if row is None:
            raise Http404
        if not policies.may_post(request.user):
            raise PermissionDenied
        return ask(
            self,
            request,
            title=_("结束驻外岗位"),
            form=None,
            act=lambda _nothing: services.relieve(row, by=request.user, at=timezone.now()),
            done=_("岗位已结束。"),
            back=reverse("admin:places_place_change", args=[pk]),
            template=TEMPLATE,
            about=str(row),
        )


@admin.register(Edit)
class EditAdmin(PortalModelAdmin):
    list_display = ["state_word", "name", "what", "entered_by", "entered_at", "decided_by"]
    list_display_links = ["name"]
    list_filter = ["state"]
    list_select_related = ["place", "entered_by", "decided_by"]
    ordering = ["-entered_at", "-pk"]
    change_form_template = "admin/places/edit.html"

    @admin.display(description=gettext_lazy("状态"))
    def state_word(self, row: Edit) -> str:
        return state_badge(row)

    @admin.display(description=gettext_lazy("名称"))
    def name(self, row: Edit) -> str:
        return str(row)

    @admin.display(description=gettext_lazy("事项"))
    def what(self, row: Edit) -> str:
        return _("新增") if "kind" in row.values else _("修改")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["state_word", "entered_by", "entered_at", "decided_by", "decided_at"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj)

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs["obj"]
        pending = row.state == "pending"
        context |= {
            "lines": _compared(row),
            "may_publish": pending and policies.may_publish(request.user, row),
            "may_drop": pending and policies.may_drop(request.user, row),
            "entries": _lines(audit.timeline(row)),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/<slug:verb>/", view, name="places_edit_decide"), *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        row = self.row_or_404(request, pk, "place")
        known = {
            "publish": (_("发布"), policies.may_publish, services.publish),
            "drop": (_("不采用"), policies.may_drop, services.drop),
        }
        if verb not in known:
            raise Http404
        title, allowed, service = known[verb]
        if not allowed(request.user, row):
            raise PermissionDenied
        return ask(
            self,
            request,
            title=title,
            form=ReasonForm(_posted(request)) if verb == "drop" else None,
            act=lambda said: service(row, **said, by=request.user, at=timezone.now()),
            done=_("已办理：{what}。").format(what=title),
            back=reverse("admin:places_edit_changelist"),
            template=TEMPLATE,
            about=str(row),
        )


def _compared(edit: Edit) -> list[dict]:
    """What is published and what shall be, line by line."""
    place = edit.place
    rows = []
    for name in (*services.ONCE, *services.KEPT):
        if name not in edit.values:
            continue
        field = Place._meta.get_field(name)
        new = "" if edit.values[name] == "None" else edit.values[name]
        old = field.value_to_string(place) if place and name not in services.ONCE else ""
        old = "" if old == "None" else old
        words = dict(field.flatchoices)
        rows.append(
            {"label": field.verbose_name, "old": words.get(old, old), "new": words.get(new, new), "changed": old != new}
        )
    return rows
