"""Accounts: a phone that proved itself, and the staff that a city official keeps."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, outbox, rows
from core.errors import refuse_unless, require
from core.models import Division

from .. import attempts, devices, passwords, phones, policies
from ..enums import Role
from ..locks import queue_for
from ..models import Attempt, FactorSecret, User


@transaction.atomic(savepoint=False)
def enter(phone: str, *, at: datetime) -> User:
    """The account of a phone whose code was just confirmed; signing in and registering are one thing.

    Raises `Refusal` for a phone of staff, who sign in with password and TOTP only.
    """
    index = phones.index(phone)
    queue_for(index)
    user = rows.first(User, "phone_index = %s", [index])
    if user is None:
        user = _new_worker(phone, index, at)
    refuse_unless(not user.is_staff, _("工作人员请用用户名和密码登录。"))
    if user.phone_verified_at is None:
        user.phone_verified_at = at
        user.save(update_fields=["phone_verified_at"])
    return user


def _new_worker(phone: str, index: bytes, at: datetime) -> User:
    user = User(role=Role.WORKER, phone=phone, phone_index=index, phone_verified_at=at, date_joined=at)
    user.set_unusable_password()
    rows.add(user)
    audit.record("accounts.registered", user, by=None, at=at)
    return user


@transaction.atomic
def give_up_number(user: User, *, at: datetime) -> None:
    """Whoever now holds the number says that the held account is somebody else's: the account loses the number.

    Its owner gets it back with a new number through recovery; the number is free for an account of its own.
    """
    refuse_unless(user.held_since is not None, _("这个账户不需要核对身份。"))
    user.phone = user.phone_index = user.phone_verified_at = None
    user.save(update_fields=["phone", "phone_index", "phone_verified_at"])
    end_sessions(user)
    audit.record("accounts.number_given_up", user, by=None, at=at)
    outbox.put("accounts.phone_changed", user, at=at)


@transaction.atomic
def keep(
    user: User,
    *,
    jurisdictions: Iterable[Division],
    by: Any,
    at: datetime,
    phone: str = "",
    password: str = "",
) -> User:
    """Create or change an official, auditor or broker. An empty `phone` or `password` leaves the old one."""
    require(policies.may_manage_people(by), _("只有市级工作人员可以管理账户。"))
    refuse_unless(user.pk != by.pk, _("不能修改自己的账户。"))
    verb = "accounts.changed" if user.pk else "accounts.created"
    user.is_staff = user.role in (Role.OFFICIAL, Role.AUDITOR)
    user.is_superuser = False
    if phone:
        _give_phone(user, phones.clean(phone), at)
    if password:
        user.set_password(password)
    elif not user.pk:
        user.set_unusable_password()
    user.save()
    user.jurisdictions.set(jurisdictions)
    codes = sorted(division.code for division in jurisdictions)
    audit.record(verb, user, by=by, at=at, role=user.role, active=user.is_active, jurisdictions=codes)
    if verb == "accounts.changed" and (password or phone or not user.is_active):
        end_sessions(user)
        devices.forget_all(user)
    return user


def _give_phone(user: User, number: str, at: datetime) -> None:
    index = phones.index(number)
    taken = User.objects.filter(phone_index=index).exclude(pk=user.pk).exists()
    refuse_unless(not taken, _("这个手机号已属于另一个账户。"), field="phone")
    user.phone, user.phone_index, user.phone_verified_at = number, index, at


@transaction.atomic
def reset_second_factor(user: User, *, by: Any, at: datetime, reason: str) -> None:
    """The official lost the phone with the authenticator: factors, sessions and browsers go, a new set-up follows.

    Wrong guesses of the past no longer count against the name.
    """
    require(policies.may_manage_people(by), _("只有市级工作人员可以管理账户。"))
    refuse_unless(user.pk != by.pk, _("不能修改自己的账户。"))
    refuse_unless(bool(reason.strip()), _("请写明理由。"), field="reason")
    factors = Authenticator.objects.filter(user=user)
    FactorSecret.objects.filter(uuid__in=[_pointer(factor) for factor in factors]).delete()
    factors.delete()
    end_sessions(user)
    devices.forget_all(user)
    passwords.forgive(user.username)
    attempts.forgive(Attempt.Kind.TOTP, str(user.pk))
    audit.record("accounts.second_factor_reset", user, by=by, at=at, reason=reason)


def _pointer(factor: Authenticator) -> str:
    return factor.data.get("secret") or factor.data.get("seed")


def end_sessions(user: User) -> int:
    """Sign the account out everywhere."""
    sessions = list(UserSession.objects.filter(user=user))
    for session in sessions:
        end_session(session)
    return len(sessions)


def end_session(session: UserSession) -> None:
    """Sign one browser out."""
    session.end()
