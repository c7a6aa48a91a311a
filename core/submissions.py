"""Each rendered form takes effect once: a double click, a reload or a retry finds the first result."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .errors import Refusal
from .models import Submission

FIELD = "submission_key"
SALT = "core.submissions"
MAX_AGE_SECONDS = 3 * 24 * 3600
_IGNORED = {FIELD, "csrfmiddlewaretoken"}


class SubmissionChanged(Refusal):
    """The same rendered form was posted again with other content."""


@dataclass(frozen=True)
class Outcome:
    """What the post led to; `replay` when an earlier post of the same form had already done it."""

    result: str
    replay: bool


def new_key() -> str:
    """A signed key for one rendering of a form."""
    return signing.dumps(secrets.token_urlsafe(24), salt=SALT)


def _read_key(request: HttpRequest) -> str:
    try:
        return signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=MAX_AGE_SECONDS)
    except signing.BadSignature as error:
        raise Refusal(_("这一页打开太久或已失效，请重新提交一次，你填的内容还在。")) from error


def _actor(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    if not request.session.session_key:
        request.session.create()
    return f"session:{hashlib.sha256(request.session.session_key.encode()).hexdigest()[:32]}"


def _digest(request: HttpRequest) -> bytes:
    digest = hashlib.sha256()
    for name in sorted(request.POST):
        if name not in _IGNORED:
            digest.update(repr((name, request.POST.getlist(name))).encode())
    for name, uploads in sorted(request.FILES.lists()):
        digest.update(repr((name, [(upload.name, upload.size) for upload in uploads])).encode())
    return digest.digest()


def forget(*, before: datetime) -> int:
    """Delete submissions whose keys no post can carry any more (`before` lies at least `MAX_AGE_SECONDS` back)."""
    return Submission.objects.filter(created_at__lt=before).delete()[0]


def once(request: HttpRequest, purpose: str, effect: Callable[[], str], *, at: datetime) -> Outcome:
    """Run `effect` unless this form was posted before; it returns the result to remember (a path or number).

    Both stand in one transaction, so a crash leaves neither. Parallel posts of one form queue on an advisory
    lock. Raises `SubmissionChanged` when the content differs, `Refusal` when the key is missing or too old.
    """
    key, actor, body = _read_key(request), _actor(request), _digest(request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor} {key}"])
        earlier = Submission.objects.filter(key=key, actor=actor).first()
        if earlier is None:
            result = effect()
            Submission.objects.create(
                key=key, actor=actor, purpose=purpose, body_digest=body, result=result, created_at=at
            )
            return Outcome(result, replay=False)
    if bytes(earlier.body_digest) != body or earlier.purpose != purpose:
        raise SubmissionChanged(_("这份表单已经提交过，后来改动的内容没有生效。请到记录里查看已提交的内容。"))
    return Outcome(earlier.result, replay=True)
