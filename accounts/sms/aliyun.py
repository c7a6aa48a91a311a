"""Aliyun's SMS service (Dysmsapi 2017-05-25, SendSms) over plain HTTPS, signed with ACS3-HMAC-SHA256.

The official SDK pulls in nine packages for this one call. Aliyun sends approved templates only:
`SMS_ALIYUN_TEMPLATES` maps our events to template codes, "*" being the one for every other event.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from django.conf import settings

from .base import NotSent, Outgoing

ACTION, VERSION = "SendSms", "2017-05-25"
TIMEOUT_SECONDS = 5
LARGEST_ANSWER = 65_536
# Answers that another attempt cannot change: bad number, bad template, black list, wrong content.
FINAL = (
    "isv.MOBILE_NUMBER_ILLEGAL",
    "isv.SMS_TEMPLATE_ILLEGAL",
    "isv.SMS_SIGNATURE_ILLEGAL",
    "isv.TEMPLATE_MISSING_PARAMETERS",
    "isv.TEMPLATE_PARAMS_ILLEGAL",
    "isv.BLACK_KEY_CONTROL_LIMIT",
    "isv.INVALID_PARAMETERS",
)


class Aliyun:
    """Sends through Aliyun with the credentials of the settings."""

    def __init__(self, config: Mapping[str, Any] | None = None) -> None:
        config = config or settings.SMS_ALIYUN
        self.endpoint = config["endpoint"]
        self.key_id, self.key_secret = config["access_key_id"], config["access_key_secret"]
        self.sign_name, self.templates = config["sign_name"], config["templates"]

    def send(self, message: Outgoing) -> str:
        answer = self._call(self._parameters(message))
        code = str(answer.get("Code", ""))
        if code != "OK":
            raise NotSent(f"{code}: {answer.get('Message', '')}"[:200], final=code in FINAL)
        return str(answer.get("BizId", ""))[:64]

    def _parameters(self, message: Outgoing) -> dict[str, str]:
        template = self.templates.get(message.event) or self.templates.get("*")
        if not template:
            raise NotSent(f"no template for {message.event}", final=True)
        values = {"text": message.text, "ref": message.ref}
        if message.event == "code":
            values = {"code": "".join(ch for ch in message.text if ch.isdigit())[:6]}
        return {
            "PhoneNumbers": message.to,
            "SignName": self.sign_name,
            "TemplateCode": template,
            "TemplateParam": json.dumps(values, ensure_ascii=False),
            "OutId": message.key,
        }

    def _call(self, parameters: dict[str, str]) -> dict[str, Any]:
        scheme, _, host = self.endpoint.partition("://")
        body = urlencode(sorted(parameters.items()), quote_via=quote).encode()
        headers = signed_headers(
            host, body, key_id=self.key_id, key_secret=self.key_secret, at=datetime.now(UTC), nonce=_nonce()
        )
        request = Request(f"{scheme}://{host}/", data=body, headers=headers, method="POST")
        try:
            with urlopen(request, timeout=TIMEOUT_SECONDS) as response:
                return _parsed(response.read(LARGEST_ANSWER))
        except HTTPError as error:
            with error:
                return _parsed(error.read(LARGEST_ANSWER))
        except (URLError, HTTPException, OSError) as error:
            raise NotSent(f"aliyun unreachable: {type(error).__name__}") from error


def _nonce() -> str:
    return uuid.uuid4().hex


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(raw)
    except ValueError as error:
        raise NotSent("aliyun answered without JSON") from error
    if not isinstance(answer, dict):
        raise NotSent("aliyun answered without an object")
    return answer


def signed_headers(host: str, body: bytes, *, key_id: str, key_secret: str, at: datetime, nonce: str) -> dict[str, str]:
    """The headers of a POST to "/" with a form body, signature V3 included."""
    digest = hashlib.sha256(body).hexdigest()
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "host": host,
        "x-acs-action": ACTION,
        "x-acs-content-sha256": digest,
        "x-acs-date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": VERSION,
    }
    names = ";".join(sorted(headers))
    listed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n\n{listed}\n{names}\n{digest}"
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(key_secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={signature}"
    return headers
