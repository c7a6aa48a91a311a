"""The search box of a list: what is typed travels in the body and stands in the address only sealed.

Officials search by ID number, phone and name. An address is kept by the browser's history, by proxies and by access
logs, so it holds a token that only the person who typed it can open: AES-256-GCM, bound to their account.
"""

import base64
import binascii
from typing import Any

from django import forms
from django.contrib.admin.views.main import PAGE_VAR, SEARCH_VAR
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from .. import crypto
from .keyset import AFTER, BEFORE

SEALED = "~"
LONGEST_TERM = 100
_LABEL = "admin.search"


def seal_term(term: str, user: Any) -> str:
    """The typed term as the address carries it; opens for this user alone."""
    sealed = crypto.seal(_LABEL, user.uuid, term[:LONGEST_TERM])
    return SEALED + base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_term(value: str, user: Any) -> str:
    """The term of a sealed address; a plain one is itself. Raises `crypto.CannotOpen`."""
    if not value.startswith(SEALED):
        return value
    encoded = value[len(SEALED) :]
    try:
        sealed = base64.b64decode(encoded + "=" * (-len(encoded) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise crypto.CannotOpen("not a search token") from error
    return crypto.unseal(_LABEL, user.uuid, sealed)


def term_alone(request: HttpRequest) -> str:
    """The term of an address that asks for nothing else: no filter, no order, no page."""
    if request.method not in ("GET", "HEAD") or list(request.GET) != [SEARCH_VAR]:
        return ""
    try:
        return open_term(request.GET[SEARCH_VAR], request.user)[:LONGEST_TERM].strip()
    except crypto.CannotOpen:
        return ""


def search_posted(request: HttpRequest) -> HttpResponseRedirect:
    """From the posted search box to the list's own address with the sealed term; filters stay, the page does not."""
    address = request.GET.copy()
    for name in (PAGE_VAR, SEARCH_VAR, AFTER, BEFORE):
        address.pop(name, None)
    if term := request.POST.get(SEARCH_VAR, "").replace("\0", "").strip():
        address[SEARCH_VAR] = seal_term(term, request.user)
    return HttpResponseRedirect(f"{request.path}?{address.urlencode()}" if address else request.path)


class SearchForm(forms.Form):
    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields[SEARCH_VAR] = forms.CharField(required=False, strip=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        try:
            cleaned[SEARCH_VAR] = open_term(cleaned.get(SEARCH_VAR, ""), self.user)[:LONGEST_TERM]
        except crypto.CannotOpen as error:
            raise ValidationError(_("这个查询链接已失效，请重新查一次。")) from error
        return cleaned
