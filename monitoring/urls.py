"""Addresses of the published reports."""

from django.urls import path, register_converter

from .views import public


class PeriodConverter:
    """2026-10."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class DistrictConverter(PeriodConverter):
    """A district's six digits."""

    regex = r"50[0-9]{4}"


register_converter(PeriodConverter, "period")
register_converter(DistrictConverter, "district")

app_name = "monitoring"
urlpatterns = [
    path("", public.index, name="index"),
    path("definitions/", public.definitions, name="definitions"),
    path("<period:period>/", public.city, name="city"),
    path("<period:period>/changes/", public.changes, name="changes"),
    path("<period:period>/report.csv", public.csv_file, name="csv"),
    path("<period:period>/report.xlsx", public.xlsx_file, name="xlsx"),
    path("<period:period>/<district:district>/", public.district, name="district"),
]
