"""Our own pages (namespace `accounts`)."""

from django.urls import path

from .views import account, question, recover, replies

app_name = "accounts"

urlpatterns = [
    path("accounts/", account.to_login, name="door"),
    path("accounts/landing/", account.landing, name="landing"),
    path("accounts/question/", question.ask, name="question"),
    path("accounts/recover/", recover.recover, name="recover"),
    path("accounts/recover/done/", recover.recover_done, name="recover_done"),
    path("accounts/identity/", account.step_up, name="stepup"),
    path("accounts/identity/not-mine/", account.not_mine, name="not_mine"),
    path("accounts/sessions/<int:pk>/end/", account.end_session, name="end_session"),
    path("sms/replies/<str:token>/", replies.take, name="sms_replies"),
    path("me/notices/", account.notice_list, name="notices"),
    path("me/notices/read/", account.read_notices, name="read_notices"),
]
