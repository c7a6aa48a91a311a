"""What several journeys do alike."""

from collections.abc import Callable

from accounts import demo

from .visitor import Visitor

PASSWORDS = {person.sign_in: person.password for person in demo.PEOPLE}


def prove_phone(visitor: Visitor, phone: str) -> None:
    """On the sign-in page: number, code, done."""
    visitor.fill("手机号", phone)
    visitor.tap("获取验证码")
    visitor.fill("验证码", visitor.sms_code(phone))
    visitor.tap("登录")


def sign_in(visitor: Visitor, phone: str, *, then: str) -> None:
    visitor.goto(f"/accounts/login/?next={then}")
    prove_phone(visitor, phone)
    assert visitor.at(then)


def sign_in_at_the_desk(visitor: Visitor, name: str, totp: Callable[[str], str]) -> None:
    """User name and password, then the authenticator; ends on the official's first screen."""
    visitor.goto("/admin/")
    visitor.fill("用户名", name)
    visitor.fill("密码", PASSWORDS[name])
    visitor.tap("登录")
    visitor.fill("动态验证码", totp(name))
    visitor.tap("登录")
    assert visitor.at("/admin/")


FOCUSED = """wanted => {
  const here = document.activeElement;
  return [here.name, here.value, here.innerText?.trim()].includes(wanted);
}"""
HAS_A_RING = """here => [here, ...(here.labels || [])].some(element => {
  const style = getComputedStyle(element);
  return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
})"""


def reach(visitor: Visitor, wanted: str) -> None:
    """Tab until the focus is on the field of this name, or on what carries these words; it must show."""
    for _ in range(80):
        if visitor.page.evaluate(FOCUSED, wanted):
            break
        visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate(FOCUSED, wanted), f"the keyboard does not reach {wanted}"
    assert visitor.page.locator(":focus").evaluate(HAS_A_RING), f"the focus on {wanted} does not show"


def enter(visitor: Visitor, wanted: str) -> None:
    """Go there with the keyboard and press Enter; a new page opens."""
    reach(visitor, wanted)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.look()
