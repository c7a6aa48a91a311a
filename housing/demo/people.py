"""Households and reviewers of the demo; the ID numbers lie in 500199, which has never been an address code."""

from datetime import date
from random import Random

from accounts.enums import Role
from accounts.models import User
from core.crypto import blind_index, id_check_character
from core.divisions import CITY

from ..enums import Relation, Sex
from ..models import HouseholdMember, HousingApplication

ADDRESS = "500199"
_REVIEWERS = {"demo-housing-first": "公租房初审（演示）", "demo-housing-second": "公租房复审（演示）"}
_GIVEN = "小雨 子涵 文博 欣怡 家豪 雨桐 浩然 梓萱 俊熙 思琪"
_ADULT = "建华 桂芳 永强 春燕 国平 秀兰 小红 明辉"


def reviewers() -> list[User]:
    """Two officials of the city who decided in the past; they cannot sign in."""
    found = []
    for username, name in _REVIEWERS.items():
        user = User.objects.filter(username=username).first()
        if user is None:
            user = User(username=username, display_name=name, role=Role.OFFICIAL, is_staff=True, is_active=False)
            user.set_unusable_password()
            user.save()
            user.jurisdictions.set([CITY])
        found.append(user)
    return found


class Households:
    """Hands out members with ID numbers that nobody else in the demo has."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng, self.today, self._serial = rng, today, 0

    def members(self, application: HousingApplication) -> list[HouseholdMember]:
        """Mostly a spouse, mostly with one or two children; sometimes a single person."""
        shape = self.rng.choices(["alone", "couple", "family", "one_parent"], weights=[30, 20, 40, 10])[0]
        relations = []
        if shape in {"couple", "family"}:
            relations.append(Relation.SPOUSE)
        if shape in {"family", "one_parent"}:
            relations += self.rng.choices([Relation.SON, Relation.DAUGHTER], k=self.rng.choice([1, 1, 2]))
        return [self.member(application, relation) for relation in relations]

    def member(self, application: HousingApplication, relation: Relation) -> HouseholdMember:
        child = relation in {Relation.SON, Relation.DAUGHTER}
        sex = self._sex(application, relation)
        year = self.today.year - self.rng.randint(2, 16) if child else application.birth_date.year
        born = date(year, self.rng.randint(1, 9), self.rng.randint(1, 28))
        number = self._number(born, sex)
        income = 0 if child else self.rng.choice([0, 2_600_00, 3_200_00, 3_800_00])
        return HouseholdMember(
            application=application,
            relation=relation,
            name=self.rng.choice("王李张刘陈杨周冉") + self.rng.choice((_GIVEN if child else _ADULT).split()),
            id_number=number,
            id_number_index=blind_index("id_number", number),
            sex=sex,
            birth_date=born,
            income_fen=income,
        )

    def _sex(self, application: HousingApplication, relation: Relation) -> Sex:
        if relation == Relation.SPOUSE:
            return Sex.FEMALE if application.sex == Sex.MALE else Sex.MALE
        return Sex.FEMALE if relation == Relation.DAUGHTER else Sex.MALE

    def _number(self, born: date, sex: Sex) -> str:
        self._serial += 1
        sequence = (self._serial * 2 + (sex == Sex.MALE)) % 1_000
        body = f"{ADDRESS}{born:%Y%m%d}{sequence:03d}"
        return body + id_check_character(body)
