"""The policy that is put together once is the one that django-csp would have put together."""

import pytest
from csp.constants import HEADER, HEADER_REPORT_ONLY, NONCE, SELF
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from core.content_policy import ContentPolicy


def answered(view, middleware=ContentPolicy):
    return middleware(view)(RequestFactory().get("/")).headers


def plain(request):
    return HttpResponse("x")


def asks_for_a_nonce(request):
    return HttpResponse(str(request.csp_nonce))


def parts(headers):
    return sorted(headers[HEADER].split("; "))


def test_every_answer_has_the_usual_policy():
    assert parts(answered(plain)) == parts(answered(plain, CSPMiddleware))
    assert "default-src 'none'" in answered(plain)[HEADER]


def test_a_view_that_changes_it_is_heard():
    changed = csp_update({"img-src": ["blob:"]})(plain)
    assert "img-src 'self' blob:" in parts(answered(changed))
    assert HEADER not in answered(csp_exempt()(plain))


def test_a_policy_that_a_view_set_itself_stays():
    assert answered(lambda request: HttpResponse(headers={HEADER: "sandbox"}))[HEADER] == "sandbox"


@pytest.mark.parametrize("view", [plain, asks_for_a_nonce])
def test_a_nonce_is_in_it_where_one_was_asked_for(settings, view):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"script-src": [SELF, NONCE]}}
    assert ("nonce-" in answered(view)[HEADER]) == (view is asks_for_a_nonce)


def test_a_second_policy_or_an_address_left_out_is_left_to_django_csp(settings):
    settings.CONTENT_SECURITY_POLICY_REPORT_ONLY = {"DIRECTIVES": {"img-src": [SELF]}}
    assert HEADER_REPORT_ONLY in answered(plain)
    settings.CONTENT_SECURITY_POLICY = {"EXCLUDE_URL_PREFIXES": ["/"], "DIRECTIVES": {}}
    assert HEADER not in answered(plain)
