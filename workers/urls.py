"""Addresses of the registry; /me/profile/ is fixed (docs/contract.md)."""

from django.urls import path

from .views import broker, broker_paper, broker_update, disputes, mydata, profile, rights, updates

app_name = "workers"

urlpatterns = [
    path("me/identify/", profile.identify, name="identify"),
    path("me/profile/", profile.profile, name="profile"),
    path("me/profile/confirm/", profile.confirm, name="confirm"),
    path("me/profile/correct/<slug:code>/", disputes.correct, name="correct"),
    path("me/profile/said/<slug:slug>/", disputes.said, name="said"),
    path("me/disputes/", disputes.disputes, name="disputes"),
    path("me/disputes/<slug:reference>/", disputes.dispute, name="dispute"),
    path("me/disputes/<slug:reference>/photo/", disputes.photo, name="dispute_photo"),
    path("me/disputes/<slug:reference>/withdraw/", disputes.withdraw, name="withdraw_dispute"),
    path("me/profile/<slug:slug>/", profile.page, name="page"),
    path("me/consents/", rights.consents, name="consents"),
    path("me/consents/<slug:purpose>/set/", rights.set_consent, name="set_consent"),
    path("me/contacts/<int:pk>/end/", rights.end_contact, name="end_contact"),
    path("me/mandates/", rights.mandates, name="mandates"),
    path("me/mandates/<int:pk>/end/", rights.end_mandate, name="end_mandate"),
    path("me/mandates/paper/<slug:reference>/object/", updates.object_to_paper, name="object_to_paper"),
    path("me/updates/<int:pk>/", updates.broker_update, name="broker_update"),
    path("me/seen/", rights.sightings, name="sightings"),
    path("me/data/", mydata.data, name="data"),
    path("me/data/copy.json", mydata.copy, name="data_copy"),
    path("me/data/prove/<slug:matter>/", mydata.prove, name="prove"),
    path("me/data/erase/", mydata.erase, name="erase"),
    path("me/data/close/", mydata.close, name="close"),
    path("broker/people/<slug:number>/info/", broker_update.client_profile, name="client_profile"),
    path("broker/people/<slug:number>/info/confirm/", broker_update.confirm_update, name="confirm_update"),
    path("broker/mandates/new/", broker.request_mandate, name="mandate_request"),
    path("broker/mandates/code/", broker.mandate_code, name="mandate_code"),
    path("broker/mandates/paper/", broker_paper.paper_mandates, name="paper_mandates"),
    path("broker/mandates/paper/<slug:reference>/withdraw/", broker_paper.withdraw_paper, name="withdraw_paper"),
]
