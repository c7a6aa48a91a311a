"""Random strings: as good as Django's, and drawn at once, because each draw lets the other threads in."""

import random
import secrets
from collections import Counter

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import VALID_KEY_CHARS

from core.randomness import random_string
from core.sessions import SessionStore


@pytest.fixture
def draws(monkeypatch):
    """How often the system was asked for random bytes."""
    asked, ask = [], random._urandom
    monkeypatch.setattr(random, "_urandom", lambda size: asked.append(size) or ask(size))
    return asked


def test_a_string_is_drawn_at_once_from_its_alphabet_only(draws):
    drawn = random_string(32, VALID_KEY_CHARS)
    assert len(drawn) == 32 and set(drawn) <= set(VALID_KEY_CHARS)
    assert len(draws) == 1 and draws[0] * 8 > 32 * 5.2, "fewer bits than the string holds"


def test_every_character_at_every_place_is_as_likely_as_any_other(monkeypatch):
    source = random.Random(1)  # what is judged is the counting, not the system's source
    monkeypatch.setattr(secrets, "randbits", source.getrandbits)
    drawn = [random_string(3, "abc") for _ in range(27_000)]
    assert len(set(drawn)) == 27 and all(850 < number < 1150 for number in Counter(drawn).values())


def test_two_strings_are_never_the_same():
    assert len({random_string(22) for _ in range(1000)}) == 1000


def test_a_form_a_session_and_an_account_draw_once_each(draws, client):
    """Django draws 32 characters twice for the form, 32 for the session and 40 for the password, one by one."""
    client.get("/accounts/login/")
    assert len(draws) <= 4, f"{len(draws)} draws for one page"
    draws.clear()
    SessionStore().create()
    assert len(draws) == 1
    draws.clear()
    assert make_password(None).startswith("!") and len(draws) == 1
