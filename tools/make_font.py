"""Make core/fonts/YugongtongSerif-Regular.otf: the characters of official papers, out of Noto Serif CJK SC.

Needs Debian's `fonts-noto-cjk` and, in any environment, `pip install fonttools pypinyin-dict`. Taken are the 8,105
characters of the 通用规范汉字表 (2013), those of GB 2312 with its signs, Latin letters, and 〓 for what is not there.
Renamed, because a changed font should not go by the name of the original; licence: OFL 1.1, see core/fonts/OFL.txt.
"""

import argparse
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection
from pypinyin_dict.pinyin_data import ktghz2013

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
TARGET = Path(__file__).resolve().parent.parent / "core" / "fonts" / "YugongtongSerif-Regular.otf"
NAME = "Yugongtong Serif"
SIGNS = "〇〓—…“”‘’·¥×°□☑☐○●①②③④⑤⑥⑦⑧⑨⑩〔〕《》「」『』【】"


def _gb2312() -> set[int]:
    found = set()
    for first in range(0xA1, 0xF8):
        for second in range(0xA1, 0xFF):
            found.update(map(ord, bytes([first, second]).decode("gb2312", errors="ignore")))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE)
    source = parser.parse_args().source
    font = next(f for f in TTCollection(source).fonts if f["name"].getDebugName(4) == "Noto Serif CJK SC")
    standard = set(ktghz2013.pinyin_dict)
    wanted = standard | _gb2312() | set(range(0x20, 0x7F)) | set(map(ord, SIGNS))
    lacking = standard - set(font.getBestCmap())
    if lacking:
        raise SystemExit(f"the source lacks {len(lacking)} characters of the standard list")
    options = subset.Options(layout_features=[], hinting=False, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    shrink = subset.Subsetter(options)
    shrink.populate(unicodes=wanted)
    shrink.subset(font)
    for record in font["name"].names:
        new = {1: NAME, 3: f"{NAME} Regular", 4: f"{NAME} Regular", 6: NAME.replace(" ", "") + "-Regular"}.get(
            record.nameID
        )
        if new:
            record.string = new
    top = font["CFF "].cff
    top.fontNames = [NAME.replace(" ", "") + "-Regular"]
    font.recalcTimestamp = False
    font.save(TARGET)
    print(f"{TARGET}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
