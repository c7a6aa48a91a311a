"""The three groups of districts in which people commonly look for work (一区两群)."""

from typing import Final

MAIN_CITY: Final = "主城都市区"
THREE_GORGES: Final = "渝东北"
WULING: Final = "渝东南"

# District codes of GB/T 2260; the abolished 500105 and 500112 stay for old addresses.
_GROUPS: Final = {
    MAIN_CITY: (
        "500103 500104 500105 500106 500107 500108 500109 500112 500113 500102 500115 500116 500117 500118 500119 "
        "500110 500111 500120 500151 500152 500153"
    ),
    THREE_GORGES: "500101 500154 500155 500229 500230 500231 500233 500235 500236 500237 500238",
    WULING: "500114 500156 500240 500241 500242 500243",
}
_REGION_OF: Final = {code: name for name, codes in _GROUPS.items() for code in codes.split()}


def region_of(division: str) -> str:
    """The group that a division's district belongs to; "" outside Chongqing or for an unknown code."""
    return _REGION_OF.get(division[:6], "")


def districts_of_region(division: str) -> list[str]:
    """The districts of the same group, the division's own first."""
    own, region = division[:6], region_of(division)
    return [own, *(code for code, name in _REGION_OF.items() if name == region and region and code != own)]
