"""Addresses of the jobs matter; /jobs/, /jobs/<id>/, /broker/ and /me/applications/ are fixed (docs/contract.md)."""

from django.urls import path

from .views import (
    broker,
    broker_applications,
    broker_find,
    broker_notices,
    broker_people,
    broker_vacancies,
    public,
    worker,
)

app_name = "jobs"

urlpatterns = [
    path("jobs/", public.vacancies, name="list"),
    path("jobs/<int:pk>/", public.vacancy, name="detail"),
    path("jobs/<int:pk>/apply/", worker.apply, name="apply"),
    path("me/applications/", worker.mine, name="mine"),
    path("me/applications/<int:pk>/withdraw/", worker.withdraw, name="withdraw"),
    path("me/offers/<int:pk>/accept/", worker.accept, name="accept"),
    path("me/offers/<int:pk>/decline/", worker.decline, name="decline"),
    path("broker/", broker.desk, name="desk"),
    path("broker/answers/", broker.answers, name="answers"),
    path("broker/applications/", broker_applications.applications, name="applications"),
    path("broker/applications/<int:pk>/", broker_applications.application, name="application"),
    path("broker/applications/<int:pk>/phone/", broker_applications.phone, name="phone"),
    path("broker/applications/<int:pk>/<slug:verb>/", broker_applications.decide, name="decide"),
    path("broker/vacancies/", broker_vacancies.vacancies, name="broker_vacancies"),
    path("broker/vacancies/new/", broker_notices.register, name="register"),
    path("broker/vacancies/<int:pk>/", broker_vacancies.vacancy, name="broker_vacancy"),
    path("broker/vacancies/<int:pk>/edit/", broker_notices.revise, name="revise"),
    path("broker/vacancies/<int:pk>/refresh/", broker_notices.refresh, name="refresh"),
    path("broker/vacancies/<int:pk>/close/", broker_notices.close, name="close"),
    path("broker/freshness/", broker_find.freshness, name="freshness"),
    path("broker/find/", broker_find.find, name="find"),
    path("broker/people/", broker_people.people, name="people"),
    path("broker/people/<slug:number>/", broker_people.person, name="person"),
    path("broker/people/<slug:number>/apply/<int:pk>/", broker_people.apply_for, name="apply_for"),
]
