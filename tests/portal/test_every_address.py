"""Every address × every role × somebody else's object: nothing leaks, nothing breaks, looking changes nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.crypto import blind_index
from core.templatetags.ui import fen
from housing.models import Document, HousingApplication
from jobs.models import Application, Recommendation, Vacancy
from monitoring.models import Report
from places.models import Place
from wages.models import Case, WageCode
from workers.models import BrokerUpdate, ContactGrant, Dispute, Mandate, MandateClaim, Worker

from .addresses import Address, all_addresses

# Answers without an account, by room; everything else asks to sign in or does not exist.
PUBLIC = {
    "": "home elder styleguide healthz readyz account_login account_signup account_inactive account_logout "
    "account_request_login_code account_confirm_login_code mfa_authenticate",
    "jobs": "list detail",
    "wages": "index late code_lookup code poster code_qr complain check verify resume discard step status case "
    "prove by_code receipt case_qr proof proof_qr proof_keys add withdraw named paid paper",
    "housing": "index check publicity objection",
    "monitoring": "index definitions city changes csv xlsx district",
    "accounts": "door question recover recover_done sms_replies",
    "places": "index near place",
}
OPEN_TO_ALL = {f"{room}:{name}".lstrip(":") for room, names in PUBLIC.items() for name in names.split()}
# Open addresses that show a person's own matter once they have proved the phone; strangers get a question.
ASKS_FOR_PROOF = {
    "wages:case",
    "wages:receipt",
    "wages:add",
    "wages:withdraw",
    "wages:named",
    "wages:paid",
    "wages:paper",
}
# Addresses whose parameter names a kind of thing, so that everybody's answer is their own.
NAMES_A_KIND = {
    "workers:correct",
    "workers:page",
    "workers:said",
    "workers:set_consent",
    "workers:prove",
    "housing:hand_in",
    "wages:step",
}
# A broker's pages of one client's application for a flat.
CLIENT_PAGES = [
    "apply",
    "check_answers",
    "household",
    "add_member",
    "work",
    "income",
    "home",
    "wish",
    "documents",
    "mine",
    "supply",
    "confirm",
]
ESCALATION = {"state": "approved", "status": "paid", "is_staff": "on", "role": "official", "district": "500000"}


@pytest.fixture
def city(db, demonstration, settings):
    """The city's official, in the whole demonstration."""
    settings.MEDIA_ROOT = demonstration
    return User.objects.get(username="city")


def by_phone(number):
    return User.objects.get(phone_index=blind_index("phone", number))


@pytest.fixture
def strangers(city):
    """People to whom nothing of 王伟's or of 江津区 belongs."""
    return [by_phone("13800000002"), by_phone("13800000012"), User.objects.get(username="fengjie")]


@pytest.fixture
def examples(city):
    """For each route with parameters, the parameters of an object of 王伟's or of his district."""
    worker = Worker.objects.get(user=by_phone("13800000001"))
    case = Case.objects.visible_to(worker.user).first()
    flat = HousingApplication.objects.filter(worker=worker).first()
    application = Application.objects.filter(worker=worker, state="applied").first()
    offer = Recommendation.objects.filter(worker=worker, state="offered").first()
    report = Report.objects.filter(state="published").order_by("-period").first()
    mine, client = {"number": case.number}, {"number": worker.worker_no}
    vacancy = {"pk": Vacancy.objects.filter(division__code__startswith="500116", state="published").first().pk}
    desk = {"pk": application.pk}
    code = {"code": WageCode.objects.active().first().code}
    home = {"number": flat.number}
    month = {"period": report.period}
    paper = Document.objects.filter(application=flat).first()
    mistake = {"reference": Dispute.objects.filter(worker=worker).first().reference}
    signed = {"reference": MandateClaim.objects.filter(worker=worker).first().reference}
    return {
        "accounts:end_session": {"pk": 1},
        "accounts:sms_replies": {"token": "no-secret"},
        "places:place": {"pk": Place.objects.first().pk},
        "workers:correct": {"code": "education"},
        "workers:page": {"slug": "work"},
        "workers:said": {"slug": "work"},
        "workers:prove": {"matter": "data"},
        **dict.fromkeys(["workers:dispute", "workers:dispute_photo", "workers:withdraw_dispute"], mistake),
        **dict.fromkeys(["workers:object_to_paper", "workers:withdraw_paper"], signed),
        "workers:broker_update": {"pk": BrokerUpdate.objects.filter(worker=worker).first().pk},
        "workers:set_consent": {"purpose": "recommendation"},
        "workers:end_contact": {"pk": ContactGrant.objects.filter(worker=worker).first().pk},
        "workers:end_mandate": {"pk": Mandate.objects.filter(worker=worker).first().pk},
        "jobs:detail": vacancy,
        "jobs:apply": vacancy,
        "jobs:withdraw": desk,
        "jobs:accept": {"pk": offer.pk},
        "jobs:decline": {"pk": offer.pk},
        "jobs:application": desk,
        "jobs:phone": desk,
        "jobs:decide": {**desk, "verb": "hire"},
        "jobs:broker_vacancy": vacancy,
        "jobs:revise": vacancy,
        "jobs:refresh": vacancy,
        "jobs:close": vacancy,
        "jobs:person": {"number": worker.worker_no},
        **dict.fromkeys(["workers:client_profile", "workers:confirm_update"], client),
        "jobs:apply_for": {"number": worker.worker_no, **vacancy},
        "wages:code": code,
        "wages:poster": code,
        "wages:code_qr": code,
        "wages:step": {"slug": "owed"},
        **{f"wages:client_{page}": {"client": worker.worker_no} for page in ("mine", "complain", "check")},
        **dict.fromkeys(
            [
                "wages:receipt",
                "wages:case_qr",
                "wages:proof_qr",
                "wages:case",
                "wages:prove",
                "wages:add",
                "wages:withdraw",
                "wages:named",
                "wages:paid",
            ],
            mine,
        ),
        "wages:paper": {**mine, "pk": 1},
        **dict.fromkeys(["monitoring:city", "monitoring:changes", "monitoring:csv", "monitoring:xlsx"], month),
        "monitoring:district": {**month, "district": "500116"},
        "housing:objection": home,
        "housing:paper": {"pk": paper.pk if paper else 1},
        "housing:remove_member": {"pk": 1},
        "housing:hand_in": {"kind": "id_card"},
        "housing:application": home,
        "housing:receipt": home,
        "housing:receipt_qr": home,
        **{f"housing:client_{page}": {"client": worker.worker_no} for page in CLIENT_PAGES},
        "housing:client_remove_member": {"client": worker.worker_no, "pk": 1},
        "housing:client_hand_in": {"client": worker.worker_no, "kind": "identity"},
        "housing:client_receipt": {"client": worker.worker_no, **home},
        "housing:client_receipt_qr": {"client": worker.worker_no, **home},
    }


def path_of(address: Address, examples) -> str | None:
    """A path to ask for; None for the library's routes by regular expression."""
    if "(" in address.route or not address.name:
        return None
    assert not address.parameters or address.name in examples, f"say whose object {address} takes"
    return reverse(address.name, kwargs=examples.get(address.name, {}))


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_finds_the_demonstration_untouched(turn, city):
    """It is seeded once for all of them; whichever of the two comes second would miss what the other took."""
    assert Mandate.objects.filter(ended_at=None).exists()
    Mandate.objects.all().delete()


# A published vacancy is public: any worker may apply, a broker anywhere may match their own people to it.
MEANT_FOR_ANYBODY = {"jobs:apply", "jobs:broker_vacancy"}


def is_open(address):
    return address.name in OPEN_TO_ALL


def look(browser, path):
    """Ask for a page and read a download to its end, which closes its file."""
    answer = browser.get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def test_only_the_public_list_answers_without_signing_in(examples):
    visitor = Client()
    wrong = []
    for address in all_addresses():
        if (path := path_of(address, examples)) is None:
            continue
        answer = look(visitor, path)
        asked_to_sign_in = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
        if answer.status_code >= 500 or (not is_open(address) and not asked_to_sign_in and answer.status_code < 400):
            wrong.append((str(address), answer.status_code))
    assert not wrong


def words_of(case):
    """What a page that shows the case would print."""
    return [case.employer_name, fen(case.amount_fen), "你提交了投诉"]


def test_the_complainant_does_see_the_words_by_which_a_leak_is_told(examples, client_of):
    case = Case.objects.get(number=examples["wages:case"]["number"])
    pages = [
        look(client_of(by_phone("13800000001")), reverse(name, kwargs={"number": case.number})).text
        for name in ("wages:case", "wages:receipt")
    ]
    assert all(any(word in page for word in words_of(case)) for page in pages)


def test_a_stranger_reaches_nothing_of_somebody_else(strangers, examples, client_of):
    of_the_case = words_of(Case.objects.get(number=examples["wages:case"]["number"]))
    leaks, asked = [], 0
    for stranger in strangers:
        browser = client_of(stranger)
        for address in all_addresses():
            path = path_of(address, examples)
            if not address.parameters or path is None or address.name in NAMES_A_KIND:
                continue
            asked += 1
            answer = look(browser, path)
            shown = answer.status_code == 200
            if address.name in ASKS_FOR_PROOF:  # the question may come, nothing of the case with it
                shown = shown and (answer.streaming or any(word in answer.text for word in of_the_case))
            allowed = (is_open(address) and address.name not in ASKS_FOR_PROOF) or address.name in MEANT_FOR_ANYBODY
            if answer.status_code >= 500 or (shown and not allowed):
                leaks.append((stranger.display_name, str(address), answer.status_code))
    print(f"{len(leaks)} leaks of {asked}")
    assert not leaks


def test_a_strangers_posts_change_nothing_of_somebody_else(strangers, examples, client_of):
    def belongings():
        worker = Worker.objects.get(user=by_phone("13800000001"))
        return [
            list(model.objects.filter(worker=worker).order_by("pk").values())
            for model in (
                Application,
                Recommendation,
                HousingApplication,
                Mandate,
                MandateClaim,
                BrokerUpdate,
                ContactGrant,
                Dispute,
            )
        ] + [
            list(Case.objects.order_by("pk").values_list("pk", "state")),
            list(User.objects.order_by("pk").values_list("pk", "role", "is_staff")),
        ]

    before, broken = belongings(), []
    for stranger in strangers:
        browser = client_of(stranger)
        for address in all_addresses():
            path = path_of(address, examples)
            # 王伟's vacancy is everybody's to apply for; signing out is the stranger's own business.
            if path is None or address.name in {"jobs:apply", "account_logout"}:
                continue
            answer = browser.post(path, ESCALATION)
            if answer.status_code >= 500:
                broken.append((stranger.display_name, str(address), answer.status_code))
    assert not broken
    assert belongings() == before


# Looking may note that somebody looked, begin a draft or keep a session alive.
MAY_BE_WRITTEN_BY_LOOKING = re.compile(
    r'[" ](django_session|usersessions_usersession|core_auditentry|accounts_(device|attempt|phonecode)|accounts_user)'
)


def test_looking_changes_nothing(city, examples, client_of):
    people = [Client(), *(client_of(by_phone(number)) for number in ("13800000001", "13800000011")), client_of(city)]
    written = []
    for browser in people:
        for address in all_addresses():
            if (path := path_of(address, examples)) is None or address.name == "account_logout":
                continue
            with CaptureQueriesContext(connection) as asked:
                look(browser, path)
            for query in asked.captured_queries:
                if re.match(r"INSERT|UPDATE|DELETE", query["sql"]) and not MAY_BE_WRITTEN_BY_LOOKING.search(
                    query["sql"]
                ):
                    written.append((str(address), query["sql"][:120]))
    assert not written


# A machine posts there, by an address that holds a secret; without it there is nothing.
UNKNOWN_WITHOUT_A_SECRET = {"accounts:sms_replies"}


def test_a_post_without_its_token_or_from_elsewhere_is_refused(examples):
    visitor = Client(enforce_csrf_checks=True)
    accepted = []
    for address in all_addresses():
        if (path := path_of(address, examples)) is None:
            continue
        for headers in ({}, {"HTTP_ORIGIN": "https://evil.example"}):
            answer = visitor.post(path, {"x": "1"}, **headers)
            if str(address) in UNKNOWN_WITHOUT_A_SECRET and answer.status_code == 404:
                continue
            if answer.status_code not in {302, 403, 405} or (answer.status_code == 302 and is_open(address)):
                accepted.append((str(address), answer.status_code))
    assert not accepted
