"""Cut the Chinese typeface down to what screens and paper need: ``make vendor`` runs this.

Source: Noto Sans CJK as Debian packages it (``fonts-noto-cjk``, SIL Open Font License 1.1).
Result, committed under layers/_assets/fonts: two woff2 files a weight, a licence, and faces.json.
The ranges overlap on purpose: a browser asks the face declared last first and fetches the other
only for a character the first lacks, so no list of 3,755 code points travels with every page.
Under papers/_assets/fonts: one woff file a weight with the same characters; zlib unpacks it, where
woff2 would make every installation that prints carry brotli.
Needs fonttools and brotli (requirements-dev).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "layers" / "_assets" / "fonts"
PAPER: Final = ROOT / "papers" / "_assets" / "fonts"
SOURCE: Final = Path("/usr/share/fonts/opentype/noto")
LICENCE: Final = Path("/usr/share/doc/fonts-noto-cjk/copyright")
SIMPLIFIED: Final = 2  # index of the SC face in the collections
WEIGHTS: Final = {400: "NotoSansCJK-Regular.ttc", 700: "NotoSansCJK-Bold.ttc"}
RANGES: Final = {"rare": "U+2E80-9FFF", "common": "U+20-FFEF"}
_ERROR: Final = 1.0  # units of a letter's 1000 by which a curve may differ
_PROGRAMS: Final = (
    *("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs"),
    *("maxStackElements", "maxSizeOfInstructions", "maxComponentElements"),
)
FEATURES: Final = ["kern", "liga", "locl", "ccmp", "mark", "mkmk"]
SIGNS: Final = (
    "·×÷°±²³–—‘’“”•…‰′″€№℃←↑→↓↔≈≠≤≥−∞①②③④⑤⑥⑦⑧⑨⑩"  # noqa: RUF001 (typographic on purpose)
    "■□▲△▼▽◆◇○◎●★☆✓✕\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{NO-BREAK SPACE}"
)


def gb2312(rows: Iterable[int]) -> Iterator[str]:
    """Yield the characters of the given rows of GB 2312 (16-55 is level 1, 56-87 level 2)."""
    for row in rows:
        for cell in range(1, 95):
            try:
                yield bytes((0xA0 + row, 0xA0 + cell)).decode("gb2312")
            except UnicodeDecodeError:
                continue


def common() -> set[str]:
    """Return what nearly every screen needs: Latin, signs, full-width punctuation, level 1."""
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    blocks = (range(0x25A0, 0x25D0), range(0x3000, 0x3040), (0x30FB,), range(0xFF00, 0xFFF0))
    shapes = {chr(code) for block in blocks for code in block}
    signs = set(gb2312((1, 2, 3)))
    return latin | shapes | signs | set(SIGNS) | set(gb2312(range(16, 56)))


def written() -> set[str]:
    """Return every character the repository writes: names in the data, words on the screens."""
    files = [
        *ROOT.glob("data/**/*.geojson"),
        *ROOT.glob("data/**/*.csv"),
        *(
            path
            for part in ("wangge", "layers", "papers", "pages", "server")
            for path in ROOT.glob(f"{part}/**/*.py")
        ),
        *ROOT.glob("wangge/**/*.toml"),
    ]
    return {char for path in files for char in path.read_text("utf-8") if not char.isascii()}


def cut(source: Path, chars: set[str]) -> bytes:
    """Return the woff2 of `source` cut to `chars`."""
    font, options = _cut(source, chars, FEATURES)
    options.flavor = "woff2"
    content = BytesIO()
    subset.save_font(font, content, options)
    return content.getvalue()


def cut_for_paper(source: Path, chars: set[str]) -> bytes:
    """Return the woff of `source` cut to `chars`, with TrueType outlines and no layout features.

    A PDF can number the letters of a TrueType font by itself, so that every reader finds its text;
    outlines differ from the source by less than a thousandth of a letter's height.
    """
    font, _ = _cut(source, chars, [])
    order, shapes = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(None)
        shapes[name].draw(Cu2QuPen(pen, _ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    font["loca"], font["glyf"] = newTable("loca"), table
    for name, glyph in glyphs.items():
        glyph.recalcBounds(table)
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    most = font["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for name in _PROGRAMS:
        setattr(most, name, 0)
    font["post"].formatType = 3.0
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    font.sfntVersion, font.flavor = "\000\001\000\000", "woff"
    content = BytesIO()
    font.save(content)
    return content.getvalue()


def _cut(source: Path, chars: set[str], features: list[str]) -> tuple[TTFont, subset.Options]:
    options = subset.Options(
        layout_features=features,
        hinting=False,
        desubroutinize=True,
        name_IDs=[0, 1, 2, 13, 14],
        notdef_outline=True,
        recalc_timestamp=False,
    )
    font = TTFont(source, fontNumber=SIMPLIFIED, lazy=True, recalcTimestamp=False)
    held = {ord(char) for char in chars} & set(font.getBestCmap())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=held)
    cutter.subset(font)
    return font, options


def licence(packaged: str, copyright_line: str) -> str:
    """Return the plain OFL text out of Debian's `packaged` copyright file."""
    stanza = packaged.split("License: SIL-1.1\n ---", 1)[1].split("\n\n", 1)[0].split("\n", 1)[1]
    lines = ("" if line == " ." else line[1:] for line in stanza.splitlines())
    return "\n".join((copyright_line, "Cut to a subset; tools/fonts.py says how.", "", *lines, ""))


def main() -> int:
    """Write the typeface files, the licences and the list of faces; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, default=SOURCE, help="folder of the collections")
    folder = parser.parse_args().source
    if not all((folder / name).is_file() for name in WEIGHTS.values()):
        sys.stderr.write(f"Noto Sans CJK not found in {folder}: apt-get install fonts-noto-cjk\n")
        return 1
    for target, pattern in ((TARGET, "*.woff2"), (PAPER, "*.woff")):
        target.mkdir(parents=True, exist_ok=True)
        for old in target.glob(pattern):
            old.unlink()
    first = common() | written()
    parts = {"rare": set(gb2312(range(56, 88))) - first, "common": first}
    faces = []
    for weight, name in WEIGHTS.items():
        for part, chars in parts.items():
            content = cut(folder / name, chars)
            digest = hashlib.sha256(content).hexdigest()[:12]
            file = f"noto-sans-sc-{weight}-{part}.{digest}.woff2"
            (TARGET / file).write_bytes(content)
            faces.append({"file": file, "weight": weight, "unicode_range": RANGES[part]})
        whole = cut_for_paper(folder / name, parts["common"] | parts["rare"])
        (PAPER / f"noto-sans-sc-{weight}.woff").write_bytes(whole)
    (TARGET / "faces.json").write_text(json.dumps(faces, indent=1) + "\n", "utf-8")
    if LICENCE.is_file():
        font = TTFont(folder / WEIGHTS[400], fontNumber=SIMPLIFIED, lazy=True)
        text = licence(LICENCE.read_text("utf-8"), str(font["name"].getDebugName(0)))
        for target in (TARGET, PAPER):
            (target / "LICENSE.txt").write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
