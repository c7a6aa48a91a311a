"""The marks people read out: wage codes (JJ-2087) with a check digit, and case numbers (CQ-2026-118204)."""

import re
import unicodedata

# The two letters of each district, from its pinyin; the same pair never stands for two districts.
DISTRICT_LETTERS = {
    "500101": "WZ",
    "500102": "FL",
    "500103": "YZ",
    "500104": "DD",
    "500105": "JB",
    "500106": "SP",
    "500107": "JL",
    "500108": "NA",
    "500109": "BB",
    "500110": "QJ",
    "500111": "DZ",
    "500112": "YB",
    "500113": "BN",
    "500114": "QN",
    "500115": "CS",
    "500116": "JJ",
    "500117": "HC",
    "500118": "YC",
    "500119": "NC",
    "500120": "BS",
    "500151": "TL",
    "500152": "TN",
    "500153": "RC",
    "500154": "KZ",
    "500155": "LP",
    "500156": "WL",
    "500229": "CK",
    "500230": "FD",
    "500231": "DJ",
    "500233": "ZX",
    "500235": "YY",
    "500236": "FJ",
    "500237": "WS",
    "500238": "WX",
    "500240": "SZ",
    "500241": "XS",
    "500242": "YU",
    "500243": "PS",
}
# A district that was made after this table; its codes work all the same.
OTHER_LETTERS = "CQ"

_WAGE_CODE = re.compile(r"^([A-Z]{2})-?(\d{4,8})$")
_CASE_NUMBER = re.compile(r"^CQ-?(\d{4})-?(\d{6,9})$")


def letters_of(division: str) -> str:
    return DISTRICT_LETTERS.get(division[:6], OTHER_LETTERS)


def check_digit(text: str) -> str:
    """ISO 7064 MOD 11,10 over letters (A = 10 …) and digits: finds every wrong digit and nearly every swap."""
    product = 10
    for figure in "".join(str(int(character, 36)) for character in text):
        product = ((product + int(figure)) % 10 or 10) * 2 % 11
    return str((11 - product) % 10)


def wage_code(division: str, serial: int) -> str:
    """The code for a serial number: JJ-208 plus its check digit."""
    body = f"{letters_of(division)}{serial:03}"
    return f"{body[:2]}-{body[2:]}{check_digit(body)}"


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).upper()
    return re.sub(r"[\s‐‑–—－_·.]+", "-", text.strip()).replace("--", "-")


def read_wage_code(text: str) -> str | None:
    """A code as a person types it, in its one spelling; None when it cannot be one (a slip of the finger)."""
    found = _WAGE_CODE.match(_plain(text).replace("-", "")) if len(text) < 40 else None
    if not found or check_digit(found[1] + found[2][:-1]) != found[2][-1]:
        return None
    return f"{found[1]}-{found[2]}"


def case_number(year: int, serial: int) -> str:
    return f"CQ-{year}-{serial:06}"


def read_case_number(text: str) -> str | None:
    """A case number as a person types it, in its one spelling; None when it cannot be one."""
    found = _CASE_NUMBER.match(_plain(text).replace("-", "")) if len(text) < 40 else None
    return f"CQ-{found[1]}-{found[2]}" if found else None
