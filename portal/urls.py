"""The table of addresses; docs/contract.md explains each."""

from django.contrib import admin
from django.urls import include, path

from .views import elder, health, home, me, styleguide

urlpatterns = [
    path("", home.home, name="home"),
    path("me/", me.me, name="me"),
    path("elder/", elder.elder, name="elder"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("accounts/", include("accounts.sign_in_urls")),
    path("places/", include("places.urls")),
    path("", include("workers.urls")),
    path("", include("sites.urls")),
    path("", include("jobs.urls")),
    path("", include("wages.urls")),
    path("reports/", include("monitoring.urls")),
    path("", include("housing.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "portal.views.errors.bad_request"
handler404 = "portal.views.errors.page_not_found"
handler500 = "portal.views.errors.server_error"
