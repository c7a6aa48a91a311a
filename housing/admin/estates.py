"""Estates and their flats: the city keeps them, everybody else reads."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.admin import PortalModelAdmin
from core.calendar import local_day
from core.models import Division
from core.templatetags.ui import fen_short

from .. import policies, services
from ..models import Estate, UnitType


class KeptByTheCity(PortalModelAdmin):
    """Saves through the service; the audit trail stands in for Django's admin log."""

    def editable_by(self, user: Any, row: Any = None) -> bool:
        return policies.may_keep_estates(user)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        services.save_estate(obj, by=request.user, at=timezone.now())


@admin.register(Estate)
class EstateAdmin(KeptByTheCity):
    list_display = ["name", "district", "address", "opened_on"]
    list_select_related = ["district"]
    list_filter = [("district", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["name"]
    ordering = ["district", "pk"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The 38 districts; a short list can be read, searched by typing, and has a label."""
        if db_field.name == "district":
            kwargs["queryset"] = Division.objects.districts(local_day(timezone.now()))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(UnitType)
class UnitTypeAdmin(KeptByTheCity):
    list_display = ["estate", "kind", "area_m2", "rent", "units_free", "units_total"]
    list_select_related = ["estate"]
    list_filter = ["kind"]
    search_fields = ["estate__name"]
    ordering = ["estate", "area_m2", "pk"]

    @admin.display(description=_("月租"), ordering="rent_fen")
    def rent(self, row: UnitType) -> str:
        return fen_short(row.rent_fen)
