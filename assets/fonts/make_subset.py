#!/usr/bin/env python3
"""Makes the bundled fonts from Noto Sans CJK (SIL Open Font Licence 1.1, see OFL.txt).

    pip install fonttools
    python3 assets/fonts/make_subset.py DIRECTORY

DIRECTORY holds NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc (Debian: package fonts-noto-cjk, in
/usr/share/fonts/opentype/noto). The subset has Latin, Greek, mathematical signs and arrows, and every Chinese
character that a text table uses.
"""

import pathlib
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

HERE = pathlib.Path(__file__).resolve().parent
FACE = "Noto Sans CJK SC"


def characters():
    wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180)) | set(range(0x391, 0x3CA))
    wanted |= set(map(ord, "–—‘’“”…·•‹›‐−×÷±≈≠≤≥∞√∑∂∫∈∝∆∇¼½¾²³¹⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉←↑→↓↔↕⇧✓〈〉\u2009\u202f"))
    for table in (HERE.parent / "text").glob("*.toml"):
        wanted |= {ord(c) for c in table.read_text(encoding="utf-8") if c > "\x7f"}
    return wanted


def main(folder):
    for weight in ("Regular", "Bold"):
        fonts = TTCollection(str(pathlib.Path(folder) / f"NotoSansCJK-{weight}.ttc")).fonts
        font = next(f for f in fonts if f["name"].getDebugName(1).startswith(FACE) and "Mono" not in f["name"].getDebugName(4))
        options = subset.Options()
        options.layout_features = ["kern"]
        options.hinting = False
        options.notdef_outline = True
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
        options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters())
        subsetter.subset(font)
        missing = sorted(characters() - set(font.getBestCmap()))
        target = HERE / f"spinscape-sans-{weight.lower()}.otf"
        font.save(target)
        print(target.name, target.stat().st_size, "bytes; not in the original:", "".join(map(chr, missing)))


if __name__ == "__main__":
    main(sys.argv[1])
