"""The officials' lists and decision pages that every matter shares."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib import admin, messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.forms import CharField, Form

from core import crypto
from core.admin import ask
from core.admin.searching import open_term, seal_term
from core.errors import Refusal
from core.transitions import AlreadyMoved
from workers.models import Worker

LIST = "/admin/workers/worker/"
ID_NUMBER = "110105194912310021"


@pytest.mark.parametrize("typed", [ID_NUMBER, "138 0000 0001", "王伟", "W123456789"])
def test_what_is_typed_into_the_search_box_never_stands_in_the_address(jiangjin_official, client_of, typed):
    desk = client_of(jiangjin_official)
    answer = desk.post(f"{LIST}?sex__exact=1&p=3", {"q": typed})
    assert answer.status_code == 302
    found = parse_qs(urlsplit(answer.url).query)
    assert found["sex__exact"] == ["1"] and "p" not in found
    assert typed not in answer.url and found["q"][0].startswith("~")
    assert f'value="{typed}"' in desk.get(answer.url).content.decode()


def test_an_empty_search_goes_back_to_the_whole_list(jiangjin_official, client_of):
    assert client_of(jiangjin_official).post(f"{LIST}?q=~abc", {"q": "  "}).url == LIST


def test_a_search_address_opens_for_nobody_else(jiangjin_official, fengjie_official, client_of):
    address = f"{LIST}?q={seal_term(ID_NUMBER, jiangjin_official)}"
    page = client_of(fengjie_official).get(address)
    assert page.status_code == 200 and ID_NUMBER not in page.content.decode()
    assert "查询链接已失效" in page.content.decode()
    with pytest.raises(crypto.CannotOpen):
        open_term(seal_term(ID_NUMBER, jiangjin_official), fengjie_official)


@pytest.mark.parametrize("token", ["~", "~!!", "~AAAA", "~" + "A" * 300])
def test_a_made_up_search_token_is_a_sentence(jiangjin_official, client_of, token):
    page = client_of(jiangjin_official).get(LIST, {"q": token})
    assert page.status_code == 200 and "查询链接已失效" in page.content.decode()


class _Reason(Form):
    reason = CharField(min_length=4)


@pytest.fixture
def asked(rf, jiangjin_official):
    def answer(data, act, form=True):
        request = rf.post("/x/", data)
        request.user, request.session = jiangjin_official, {}
        request._messages = FallbackStorage(request)
        answer = ask(
            admin.site._registry[Worker],
            request,
            title="问",
            form=_Reason(request.POST) if form else None,
            act=act,
            done="办好了",
            back="/back/",
            template="admin/base_site.html",
        )
        return answer, [(message.level, message.message) for message in messages.get_messages(request)]

    return answer


def _raise(error):
    def act(cleaned):
        raise error

    return act


def test_a_decision_is_carried_out_with_what_was_typed(asked):
    got = []
    answer, said = asked({"reason": "材料齐全"}, got.append)
    assert got == [{"reason": "材料齐全"}] and answer.url == "/back/"
    assert said == [(messages.SUCCESS, "办好了")]


def test_an_incomplete_answer_is_asked_again_and_nothing_is_done(asked):
    answer, said = asked({"reason": "短"}, _raise(AssertionError))
    assert answer.status_code == 200 and answer.context_data["form"].errors["reason"] and not said


@pytest.mark.parametrize(("field", "stands_at"), [("reason", "reason"), ("unknown", "__all__"), (None, "__all__")])
def test_a_refusal_stands_at_its_field(asked, field, stands_at):
    answer, said = asked({"reason": "材料齐全"}, _raise(Refusal("不行", field=field)))
    assert answer.context_data["form"].errors[stands_at] == ["不行"] and not said


def test_a_refusal_without_a_form_is_said_on_the_page_behind(asked):
    answer, said = asked({}, _raise(Refusal("不行")), form=False)
    assert answer.url == "/back/" and said == [(messages.WARNING, "不行")]


def test_who_comes_second_is_told_on_the_page_behind(asked):
    answer, said = asked({"reason": "材料齐全"}, _raise(AlreadyMoved("李某已先行办理")))
    assert answer.url == "/back/" and said == [(messages.WARNING, "李某已先行办理")]


def test_a_refused_form_says_so_in_our_words_in_the_title(city_official, client_of):
    page = client_of(city_official).post("/admin/accounts/user/add/", {}).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert title.startswith("有错误：") and "Error" not in title


def test_the_password_is_changed_on_one_page_only(jiangjin_official, client_of):
    desk = client_of(jiangjin_official)
    assert desk.get("/admin/password_change/").url == "/accounts/password/change/"
    assert desk.get("/admin/password_change/done/").url == "/admin/"


@pytest.mark.parametrize("path", ["housing/housingapplication", "jobs/vacancy"])
def test_no_list_offers_a_state_that_officials_never_see(jiangjin_official, client_of, path):
    page = client_of(jiangjin_official).get(f"/admin/{path}/").content.decode()
    assert "state__exact=" in page and "草稿" not in page
