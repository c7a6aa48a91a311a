"""Addresses of prevention; docs/contract.md explains each."""

from django.urls import path

from .views import worker

app_name = "sites"
urlpatterns = [
    path("me/wages/", worker.wages, name="wages"),
]
