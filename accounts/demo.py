"""The people of the demonstration. Their sign-ins are printed, so they exist only while `settings.DEMO` is on."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from core.divisions import CITY

from . import attempts, phones
from .enums import Role
from .models import User

TOTP_SECRET = "YUGONGTONGDEMOYUGONGTONGDEMO2345"


@dataclass(frozen=True)
class Person:
    """One demonstration account; `sign_in` is a phone number or a user name."""

    sign_in: str
    name: str
    role: Role
    division: str = ""
    password: str = ""


PEOPLE = (
    Person("13800000001", "王伟", Role.WORKER),
    Person("13800000002", "李芳", Role.WORKER),
    Person("13800000011", "杜高田", Role.BROKER, "500116"),
    Person("13800000012", "谭明贵", Role.BROKER, "500236"),
    Person("jiangjin", "江津区经办", Role.OFFICIAL, "500116", "jiangjin-demo-2026"),
    Person("jiangjin2", "江津区监察员", Role.OFFICIAL, "500116", "jiangjin2-demo-2026"),
    Person("fengjie", "奉节县经办", Role.OFFICIAL, "500236", "fengjie-demo-2026"),
    Person("fengjie2", "奉节县监察员", Role.OFFICIAL, "500236", "fengjie2-demo-2026"),
    Person("city", "市级经办", Role.OFFICIAL, CITY, "city-demo-2026"),
    # Serves at an office outside the city: no district, only what is handed to that office.
    Person("guangdong", "驻广东经办", Role.OFFICIAL, "", "guangdong-demo-2026"),
    # What one official of the city orders or proposes, another decides.
    Person("city2", "市级复核", Role.OFFICIAL, CITY, "city2-demo-2026"),
    Person("auditor", "市级审计", Role.AUDITOR, CITY, "auditor-demo-2026"),
)


def refuse_outside_demo() -> None:
    """Raise unless this is a demonstration."""
    if not settings.DEMO:
        raise ImproperlyConfigured("demo people exist only with DEBUG on")


def is_printed_password(password: str) -> bool:
    """True for a password that the demonstration prints; worthless wherever it is not one."""
    return any(person.password == password for person in PEOPLE if person.password)


@transaction.atomic
def seed(*, at: datetime, scale: int = 0, rng_seed: int = 0) -> list[User]:
    """Add the demonstration people that are missing; the size and seed of the population do not matter here."""
    refuse_outside_demo()
    return [_find(person) or _add(person, at) for person in PEOPLE]


def _find(person: Person) -> User | None:
    if person.password:
        return User.objects.filter(username=person.sign_in).first()
    return User.objects.filter(phone_index=phones.index(person.sign_in)).first()


def _add(person: Person, at: datetime) -> User:
    user = User(role=person.role, display_name=person.name, date_joined=at)
    if person.password:
        user.username, user.is_staff = person.sign_in, True
        user.set_password(person.password)
    else:
        user.phone, user.phone_index, user.phone_verified_at = person.sign_in, phones.index(person.sign_in), at
        user.set_unusable_password()
    user.save(force_insert=True)
    if person.division:
        user.jurisdictions.set([person.division])
    if person.password:
        TOTP.activate(user, TOTP_SECRET)
    return user


def totp_code(username: str, *, at: datetime) -> str | None:
    """A code that the account accepts now: this half minute's, or a neighbour when it was used; None without TOTP."""
    refuse_outside_demo()
    factor = Authenticator.objects.filter(user__username=username, type=Authenticator.Type.TOTP).first()
    if factor is None:
        return None
    now = int(at.timestamp()) // 30
    codes = [format_hotp_value(hotp_value(TOTP_SECRET, now + step)) for step in (0, 1, -1)]
    return next((code for code in codes if not attempts.was_used(factor.user_id, code, at=at)), codes[0])
