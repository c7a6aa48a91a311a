"""Addresses under /wages/ and /me/cases/; docs/contract.md lists the form fields."""

from django.urls import path

from .views import by_code, client, complain, from_wages, money, own, proof, public, resume, status

app_name = "wages"

urlpatterns = [
    path("wages/", public.index, name="index"),
    path("wages/late/", public.late, name="late"),
    path("wages/code/", public.code_lookup, name="code_lookup"),
    path("wages/code/<str:code>/", public.code, name="code"),
    path("wages/code/<str:code>/poster/", public.poster, name="poster"),
    path("wages/code/<str:code>/qr.svg", public.code_qr, name="code_qr"),
    path("wages/complain/", complain.start, name="complain"),
    path("wages/complain/from-wages/", from_wages.from_wages, name="from_wages"),
    path("wages/complain/check/", complain.check, name="check"),
    path("wages/complain/verify/", complain.verify, name="verify"),
    path("wages/complain/resume/", resume.resume, name="resume"),
    path("wages/complain/discard/", complain.discard, name="discard"),
    path("wages/complain/<slug:slug>/", complain.step, name="step"),
    path("wages/receipt/<str:number>/", status.receipt, name="receipt"),
    path("wages/receipt/<str:number>/qr.svg", status.case_qr, name="case_qr"),
    path("wages/receipt/<str:number>/proof.svg", proof.qr_of, name="proof_qr"),
    path("wages/proof/", proof.check, name="proof"),
    path("wages/proof/keys.json", proof.keys, name="proof_keys"),
    path("wages/status/", status.ask, name="status"),
    path("wages/status/by-code/", by_code.by_code, name="by_code"),
    path("wages/status/<str:number>/", status.case, name="case"),
    path("wages/status/<str:number>/verify/", own.prove, name="prove"),
    path("wages/status/<str:number>/add/", own.add, name="add"),
    path("wages/status/<str:number>/withdraw/", own.withdraw, name="withdraw"),
    path("wages/status/<str:number>/named/", own.named, name="named"),
    path("wages/status/<str:number>/paid/", money.money, name="paid"),
    path("wages/status/<str:number>/paper/<int:pk>/", status.paper, name="paper"),
    path("broker/people/<slug:client>/wages/", client.mine, name="client_mine"),
    path("broker/people/<slug:client>/wages/complain/", client.ask, name="client_complain"),
    path("broker/people/<slug:client>/wages/check/", client.check, name="client_check"),
    path("me/cases/", status.mine, name="mine"),
]
