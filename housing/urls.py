"""Addresses under /housing/ and /me/housing/; docs/contract.md lists the form fields."""

from django.urls import path, register_converter

from .views import apply, mine, papers, public, publicity, reminder, tasks

app_name = "housing"


class NumberConverter:
    """GZ-2026-000123; anything else is no address."""

    regex = r"GZ-[0-9]{4}-[0-9]{6,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(NumberConverter, "housing_number")

urlpatterns = [
    path("housing/", public.index, name="index"),
    path("housing/check/", public.check, name="check"),
    path("housing/remind/", reminder.remind, name="remind"),
    path("housing/publicity/", publicity.listing, name="publicity"),
    path("housing/publicity/<housing_number:number>/", publicity.objection, name="objection"),
    path("housing/papers/<int:pk>/", papers.download, name="paper"),
    path("housing/apply/", apply.index, name="apply"),
    path("housing/apply/discard/", apply.discard, name="discard"),
    path("housing/apply/check/", apply.check, name="check_answers"),
    path("housing/apply/household/", tasks.household, name="household"),
    path("housing/apply/household/add/", tasks.add_member, name="add_member"),
    path("housing/apply/household/<int:pk>/remove/", tasks.remove_member, name="remove_member"),
    path("housing/apply/work/", tasks.work, name="work"),
    path("housing/apply/income/", tasks.income, name="income"),
    path("housing/apply/home/", tasks.home, name="home"),
    path("housing/apply/wish/", tasks.wish, name="wish"),
    path("housing/apply/documents/", papers.overview, name="documents"),
    path("housing/apply/documents/<slug:kind>/", papers.hand_in, name="hand_in"),
    path("me/housing/", mine.newest, name="mine"),
    path("me/housing/supply/", mine.supply, name="supply"),
    path("me/housing/withdraw/", mine.withdraw, name="withdraw"),
    path("me/housing/<housing_number:number>/", mine.one, name="application"),
    path("me/housing/<housing_number:number>/receipt/", mine.receipt, name="receipt"),
    path("me/housing/<housing_number:number>/receipt/qr.svg", mine.receipt_qr, name="receipt_qr"),
]
