"""The only writer of the directory: entering, publishing, dropping, and posting officials to an office outside."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit
from core.calendar import local_day
from core.errors import refuse_unless, require
from core.transitions import move

from . import policies
from .enums import Kind
from .models import Edit, Place, Post

# What an entry may say; the kind and the place of a line never change, so that what points at it stays true.
ONCE = ("kind", "division")
KEPT = (
    "name",
    "address",
    "phone",
    "hours",
    "people",
    "note",
    "latitude",
    "longitude",
    "source",
    "verified",
    "valid_from",
    "valid_to",
)


@transaction.atomic
def enter(values: dict[str, Any], *, place: Place | None = None, by: Any, at: datetime) -> Edit:
    """Write down a new place, or other values for a known one; nothing is shown before a colleague publishes it."""
    division = place.division if place else values["division"]
    require(policies.may_keep(by, division), _("你不负责这个地方，不能改这里的办事地点。"))
    draft = _filled(place or Place(kind=values["kind"], division=division), values)
    _check(draft)
    said = {name: Place._meta.get_field(name).value_to_string(draft) for name in KEPT}
    if place is None:
        said |= {name: values[name] for name in ONCE}
    edit = Edit(place=place, division=division, values=said, entered_by=by, entered_at=at)
    try:
        with transaction.atomic():
            edit.save(force_insert=True)
    except IntegrityError as error:
        pending = place is not None and place.edits.pending().exists()
        refuse_unless(not pending, _("这个地点已有一份变更等待发布。"))
        raise error
    audit.record("places.enter", edit, by=by, at=at)
    return edit


@transaction.atomic
def publish(edit: Edit, *, by: Any, at: datetime) -> Place:
    """From now on people see it."""
    require(policies.may_publish(by, edit), _("录入人不能发布自己录入的内容，请换一位同事。"))
    edit = move(edit, "publish", by=by, at=at, decided_by=by, decided_at=at)
    new = edit.place_id is None
    place = Place() if new else Place.objects.select_for_update().get(pk=edit.place_id)
    _read_into(place, edit.values)
    _check(place)
    place.save(force_insert=new)
    if new:
        Edit.objects.filter(pk=edit.pk).update(place=place)
    audit.record("places.publish", place, by=by, at=at, edit=edit.pk)
    return place


@transaction.atomic
def drop(edit: Edit, *, by: Any, at: datetime, reason: str = "") -> Edit:
    """It stays as it was."""
    require(policies.may_drop(by, edit), _("你不负责这个地方，不能改这里的办事地点。"))
    return move(edit, "drop", by=by, at=at, reason=reason, decided_by=by, decided_at=at)


@transaction.atomic
def post(place: Place, user: Any, *, by: Any, at: datetime) -> Post:
    """Let an official serve at an office outside. The account has no district: one or the other."""
    require(policies.may_post(by), _("只有市级工作人员可以安排驻外岗位。"))
    refuse_unless(place.kind == Kind.OUTSIDE, _("只有市外办事处有驻外岗位。"))
    fits = user.role == "official" and user.is_staff and user.is_active
    refuse_unless(fits, _("驻外岗位只能给在用的工作人员账户。"), field="user")
    refuse_unless(not user.jurisdictions.exists(), _("有管辖区县的账户不能驻外，请另建账户。"), field="user")
    row = Post(place=place, user=user, since=local_day(at))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        held = Post.objects.filter(user=user, until__isnull=True).exists()
        refuse_unless(not held, _("这个账户已在一个办事处任职。"), field="user")
        raise error
    audit.record("places.post", place, by=by, at=at, official=user.pk)
    return row


@transaction.atomic
def relieve(row: Post, *, by: Any, at: datetime) -> Post:
    """The post ends today; the account sees nothing of the office any more."""
    require(policies.may_post(by), _("只有市级工作人员可以安排驻外岗位。"))
    ended = Post.objects.filter(pk=row.pk, until__isnull=True).update(until=local_day(at))
    refuse_unless(bool(ended), _("这个岗位已经结束。"))
    audit.record("places.relieve", row.place, by=by, at=at, official=row.user_id)
    return Post.objects.get(pk=row.pk)


def _filled(place: Place, values: dict[str, Any]) -> Place:
    """A copy that is not stored."""
    copy = Place(pk=place.pk, kind=place.kind, division=place.division)
    for name in KEPT:
        setattr(copy, name, values.get(name, getattr(place, name)))
    return copy


def _read_into(place: Place, said: dict[str, str]) -> None:
    for name in (*ONCE, *KEPT):
        if name in said:
            field = Place._meta.get_field(name)
            empty = said[name] in ("", "None") and field.null
            setattr(place, name, None if empty else field.to_python(said[name]))


def _check(place: Place) -> None:
    """Refuse what the table would refuse, at the field where it stands."""
    try:
        place.full_clean(validate_unique=False)
    except ValidationError as wrong:
        field, sentences = next(iter(wrong.message_dict.items()))
        refuse_unless(False, sentences[0], field=field)
