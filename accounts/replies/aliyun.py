"""Aliyun's uplink messages (SmsUp, HTTP 批量推送模式) as its help pages describe them.

A POST of a JSON array: `phone_number`, `content`, `send_time` ("2017-09-01 00:00:00", Beijing's), `dest_code`, and
`sequence_id` as a number or as text. It wants HTTP 200 with `{"code": 0}` within 700 ms, else it sends the same again
after 1, 5 and 10 minutes; nothing is promised to come once. **The push carries no signature and no account**, and no
source addresses are published: what it rests on is the secrecy of the address alone.
"""

import hmac
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from .inbound import Incoming

PROVIDER = "aliyun"
MOST_MESSAGES = 500
LARGEST_BODY = 512_000
SHORTEST_TOKEN = 32
_TIMES = ("%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S")


class NotUnderstood(Exception):
    """The body is no list of messages; sent again it would be none either."""


def is_ours(token: str) -> bool:
    """Whether the address holds the secret of the settings. Without one, or with a short one, nothing is taken."""
    known = settings.SMS_REPLY_TOKEN
    return len(known) >= SHORTEST_TOKEN and hmac.compare_digest(known.encode(), token.encode())


def read(body: bytes, *, at: datetime) -> list[Incoming]:
    """The messages of one push. An entry that is none is left out; it must not keep the others from being taken."""
    try:
        entries = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    if not isinstance(entries, list) or len(entries) > MOST_MESSAGES:
        raise NotUnderstood
    return [message for message in (_message(entry, at) for entry in entries) if message is not None]


def _message(entry: Any, at: datetime) -> Incoming | None:
    if not isinstance(entry, dict):
        return None
    phone, text = entry.get("phone_number"), entry.get("content")
    number = entry.get("sequence_id")
    if not isinstance(phone, str) or not isinstance(text, str) or isinstance(number, bool):
        return None
    if not isinstance(number, str | int) or not 0 < len(str(number)) <= 64:
        return None
    return Incoming(PROVIDER, str(number), phone[:40], _storable(text), _time(entry.get("send_time"), at))


def _storable(text: str) -> str:
    """Without lone surrogates, which JSON may carry and no database keeps."""
    return text.encode("utf-8", "ignore").decode()


def _time(text: Any, at: datetime) -> datetime:
    for shape in _TIMES:
        try:
            said = datetime.strptime(text, shape)
        except (TypeError, ValueError):
            continue
        return timezone.make_aware(said)
    return at
