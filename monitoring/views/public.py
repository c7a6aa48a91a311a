"""Pages of the monitoring reports: published ones for everybody, drafts for officials and auditors."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.divisions import CITY, name_of

from .. import cartogram, charts, downloads, words
from .. import changes as differences
from ..enums import LATE_AFTER_DAYS, ReportState
from ..figures import definitions as figures
from ..models import Report
from ..readings import Edition

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# 江北区 and 渝北区 ended on 2025-11-06; the code of their successor has not been published.
SUCCESSOR_NOTE_CODES = {"500105", "500112", "500109"}


def _report(request: HttpRequest, period: str) -> Report:
    """The version asked for, else the published one, else the newest that this person may see."""
    versions = Report.objects.visible_to(request.user).of(period)
    asked = request.GET.get("version", "")
    if asked:
        if not (asked.isascii() and asked.isdecimal() and len(asked) < 5):
            raise Http404
        found = versions.filter(version=int(asked)).first()
    else:
        found = versions.published().first() or versions.newest_month_first().first()
    if found is None:
        raise Http404
    return found


def _frame(report: Report, edition: Edition) -> dict[str, Any]:
    """What every page of a report says about it."""
    superseded = report.state == ReportState.SUPERSEDED
    return {
        "report": report,
        "edition": edition,
        "kicker": words.kicker(report),
        "version_query": "" if report.state == ReportState.PUBLISHED else f"?version={report.version}",
        "newest": Report.objects.of(report.period).published().first() if superseded else None,
    }


def _download_query(report: Report, division: str) -> str:
    """The query of the download links: this version, and one district when the page is a district's."""
    query = {} if report.state == ReportState.PUBLISHED else {"version": report.version}
    if division != CITY:
        query["district"] = division
    return f"?{urlencode(query)}" if query else ""


def _page(request: HttpRequest, report: Report, division: str) -> dict[str, Any]:
    edition = Edition(report)
    if division not in edition.divisions:
        raise Http404
    reading = edition.reading(division)
    place = _("重庆") if division == CITY else name_of(division)
    name = _("全市") if division == CITY else place
    return {
        **_frame(report, edition),
        "download_query": _download_query(report, division),
        "place": place,
        "heading": words.heading(edition, place),
        "lead": words.lead(name, reading, report),
        "tiles": words.tiles(reading, report),
        "income_chart": charts.incomes(reading, edition),
        "charts": charts.of(reading),
        "groups": list(reading.tables()),
        "successor_note": division in SUCCESSOR_NOTE_CODES,
    }


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All months; officials also see drafts and withdrawn versions."""
    visible = Report.objects.visible_to(request.user).newest_month_first()
    reports = [row for row in visible if row.state != ReportState.SUPERSEDED]
    return render(request, "monitoring/index.html", {"reports": reports})


@login_not_required
@require_safe
def city(request: HttpRequest, period: str) -> HttpResponse:
    context = _page(request, _report(request, period), CITY)
    edition = context["edition"]
    context |= {"map_tiles": cartogram.tiles(edition), "districts": charts.districts(edition)}
    return render(request, "monitoring/city.html", context)


@login_not_required
@require_safe
def district(request: HttpRequest, period: str, district: str) -> HttpResponse:
    context = _page(request, _report(request, period), district)
    context["all_charts"] = [context["income_chart"], *context["charts"]]
    return render(request, "monitoring/district.html", context)


@login_not_required
@require_safe
def changes(request: HttpRequest, period: str) -> HttpResponse:
    """What this version changed against the one that was public before it."""
    report = _report(request, period)
    old = differences.before(report)
    if old is None:
        raise Http404
    found = differences.between(old, report)
    return render(request, "monitoring/changes.html", {**_frame(report, Edition(report)), "old": old, "changes": found})


@login_not_required
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "monitoring/definitions.html",
        {"groups": figures.GROUPS, "version": figures.VERSION, "late": LATE_AFTER_DAYS},
    )


def _divisions(request: HttpRequest, edition: Edition) -> list[str]:
    """Every division, or the one that `?district=` names."""
    asked = request.GET.get("district")
    if not asked:
        return edition.divisions
    if asked not in edition.divisions:
        raise Http404
    return [asked]


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_not_required
@require_safe
def csv_file(request: HttpRequest, period: str) -> HttpResponse:
    edition = Edition(_report(request, period))
    content = downloads.as_csv(edition, _divisions(request, edition))
    return _download(content, "text/csv; charset=utf-8", _file_name(edition, "csv"))


@login_not_required
@require_safe
def xlsx_file(request: HttpRequest, period: str) -> HttpResponse:
    from ..workbook import as_xlsx  # heavy, and rarely asked for

    edition = Edition(_report(request, period))
    return _download(as_xlsx(edition, _divisions(request, edition)), XLSX, _file_name(edition, "xlsx"))


def _file_name(edition: Edition, ending: str) -> str:
    return f"chongqing-{edition.report.period}-v{edition.report.version}.{ending}"
