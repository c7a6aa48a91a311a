"""Addresses under /places/; docs/contract.md lists the fields."""

from django.urls import path

from . import views

app_name = "places"

urlpatterns = [
    path("", views.index, name="index"),
    path("near/", views.near, name="near"),
    path("<int:pk>/", views.place, name="place"),
]
