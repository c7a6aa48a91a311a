"""Health: `/healthz` says the process lives, `/readyz` that it can serve."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@cache
def required_migrations() -> frozenset[tuple[str, str]]:
    """The migrations that this code needs. Files do not change under a running process, so they are read once."""
    return frozenset(MigrationLoader(None).graph.nodes)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and holds every migration, else 503 with the reason. Costs two small queries."""
    try:
        missing = required_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except (DatabaseError, InterfaceError):
        return HttpResponse("database unavailable", status=503, content_type="text/plain")
    if missing:
        return HttpResponse(f"{len(missing)} migrations missing", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
