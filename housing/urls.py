"""Addresses under /housing/, /me/housing/ and, for a broker's clients, /broker/people/<number>/housing/."""

from django.urls import path, register_converter

from .views import apply, confirming, mine, papers, public, publicity, reminder, tasks

app_name = "housing"


class NumberConverter:
    """GZ-2026-000123; anything else is no address."""

    regex = r"GZ-[0-9]{4}-[0-9]{6,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "housing_number")

#: The pages of one application: the applicant's own, and under a mandate a broker's for the applicant.
_SHARED = [
    ("apply/", apply.index, "apply"),
    ("apply/check/", apply.check, "check_answers"),
    ("apply/household/", tasks.household, "household"),
    ("apply/household/add/", tasks.add_member, "add_member"),
    ("apply/household/<int:pk>/remove/", tasks.remove_member, "remove_member"),
    ("apply/work/", tasks.work, "work"),
    ("apply/income/", tasks.income, "income"),
    ("apply/home/", tasks.home, "home"),
    ("apply/wish/", tasks.wish, "wish"),
    ("apply/documents/", papers.overview, "documents"),
    ("apply/documents/<slug:kind>/", papers.hand_in, "hand_in"),
]
_FOLLOWED = [
    ("", mine.newest, "mine"),
    ("supply/", mine.supply, "supply"),
    ("<housing_number:number>/receipt/", mine.receipt, "receipt"),
    ("<housing_number:number>/receipt/qr.svg", mine.receipt_qr, "receipt_qr"),
]
CLIENTS = "broker/people/<slug:client>/housing/"

urlpatterns = [
    path("housing/", public.index, name="index"),
    path("housing/check/", public.check, name="check"),
    path("housing/remind/", reminder.remind, name="remind"),
    path("housing/publicity/", publicity.listing, name="publicity"),
    path("housing/publicity/<housing_number:number>/", publicity.objection, name="objection"),
    path("housing/papers/<int:pk>/", papers.download, name="paper"),
    path("housing/apply/discard/", apply.discard, name="discard"),
    path("me/housing/withdraw/", mine.withdraw, name="withdraw"),
    path("me/housing/<housing_number:number>/", mine.one, name="application"),
    *(path(f"housing/{route}", view, name=name) for route, view, name in _SHARED),
    *(path(f"me/housing/{route}", view, name=name) for route, view, name in _FOLLOWED),
    *(path(f"{CLIENTS}{route}", view, name=f"client_{name}") for route, view, name in [*_SHARED, *_FOLLOWED]),
    path(f"{CLIENTS}apply/confirm/", confirming.confirm, name="client_confirm"),
]
