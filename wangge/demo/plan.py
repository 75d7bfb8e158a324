"""The plan of the demo quarter, drawn on a straight net before it is warped.

Coordinates ``(u, v)`` are metres east and north of the south-west corner. Every
superblock between streets is a guillotine tree: `Cut` divides a rectangle, `Yard` and `Place`
are what fills the pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Axis = Literal["u", "v"]
WIDTH: Final = 740.0
HEIGHT: Final = 640.0
OUTLINE: Final = ((0.0, 0.0), (WIDTH, 0.0), (WIDTH, HEIGHT), (125.0, HEIGHT), (0.0, 430.0))


@dataclass(frozen=True, slots=True)
class Street:
    """A street: centre line in the plan, carriageway width and width between walls (m)."""

    name: str
    kind: Literal["road", "street"]
    line: tuple[tuple[float, float], ...]
    carriageway: float
    reserve: float


STREETS: Final = (
    Street("府后街", "road", ((0, 0), (WIDTH, 0)), 16, 26),
    Street("东环路", "road", ((WIDTH, 0), (WIDTH, HEIGHT)), 16, 26),
    Street("文昌街", "road", ((125, HEIGHT), (WIDTH, HEIGHT)), 16, 26),
    Street("滨河路", "road", ((0, 0), (0, 430), (125, HEIGHT)), 14, 26),
    Street("新建路", "street", ((272, 0), (272, HEIGHT)), 10, 16),
    Street("光明路", "street", ((486, 292), (486, HEIGHT)), 10, 16),
    Street("学府路", "street", ((512, 0), (512, 292)), 10, 16),
    Street("健康街", "street", ((0, 318), (272, 318)), 10, 16),
    Street("建设街", "street", ((272, 292), (WIDTH, 292)), 10, 16),
    Street("西园街", "street", ((19.047619047619, 462), (272, 462)), 7, 12),
    Street("新华街", "street", ((0, 168), (272, 168)), 7, 12),
    Street("书院街", "street", ((272, 144), (512, 144)), 7, 12),
)


@dataclass(frozen=True, slots=True)
class Alley:
    """An alley along a cut: `depth` 1 runs through, less is a dead end entered from `mouth`.

    `light` says how it fares at night: lit, poor (lamps missing or broken), dark, or
    unknown (nobody has walked it).
    """

    name: str
    width: float
    light: Literal["lit", "poor", "dark", "unknown"] = "lit"
    depth: float = 1.0
    mouth: Literal["low", "high"] = "low"
    gate_closes: str | None = None


@dataclass(frozen=True, slots=True)
class Yard:
    """A compound: `manager` and, when nobody or the community runs it, for how many days."""

    name: str
    kind: Literal["单位型老旧小区", "商品房", "安置小区", "平房院落"]
    built_year: int
    manager: Literal["property", "unit", "community", "none"] = "property"
    days: int = 0
    build: Literal["slab", "tower", "courtyard"] = "slab"


@dataclass(frozen=True, slots=True)
class Place:
    """A parcel without homes: what stands on it and its name."""

    name: str
    use: Literal["office", "kindergarten", "cinema", "market", "school", "park", "hospital"]


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut across `axis` at share `at` of the rectangle; `alley` None is a shared wall."""

    axis: Axis
    at: float
    alley: Alley | None
    first: Cut | Yard | Place
    second: Cut | Yard | Place


@dataclass(frozen=True, slots=True)
class Block:
    """A superblock: between which streets it lies (centre lines, m), its grid and its people."""

    grid: str
    west: float
    south: float
    east: float
    north: float
    households: int
    inside: Cut


OLD: Final = "单位型老旧小区"
NEW: Final = "商品房"
MOVED: Final = "安置小区"
COURT: Final = "平房院落"

BLOCKS: Final = (
    Block(
        "G1", 0, 0, 272, 168, 230,
        Cut("u", 0.655, Alley("机关巷", 4.5),
            Cut("v", 0.49, Alley("槐花巷", 3.5, depth=0.72),
                Cut("u", 0.52, Alley("油坊巷", 3.2, "dark", 0.78),
                    Yard("教育局家属院", OLD, 1988, "unit"),
                    Yard("农机小区", OLD, 1986, "none", 117)),
                Cut("u", 0.48, Alley("城隍庙巷", 3.6, "lit", 0.8, "high"),
                    Yard("粮食局家属院", OLD, 1985, "unit"),
                    Yard("公安小区", OLD, 1992, "unit"))),
            Place("区机关旧院", "office")),
    ),
    Block(
        "G2", 0, 168, 272, 318, 240,
        Cut("u", 0.36, Alley("幼儿园巷", 4.0),
            Cut("v", 0.5, None,
                Place("机关幼儿园", "kindergarten"),
                Yard("百货楼院", OLD, 1983, "none", 141)),
            Cut("u", 0.52, Alley("粮站巷", 4.0, "dark"),
                Cut("v", 0.5, None,
                    Yard("物资局家属院", OLD, 1989, "community", 162),
                    Yard("水利局小区", OLD, 1991, "unit")),
                Cut("v", 0.5, Alley("邮电巷", 3.0, depth=0.66, mouth="high"),
                    Yard("交通小区", OLD, 1993),
                    Yard("邮电小区", OLD, 1990, "unit")))),
    ),
    Block(
        "G3", 0, 318, 272, 462, 262,
        Cut("u", 0.52, Alley("铁匠巷", 3.8, "poor"),
            Cut("u", 0.49, Alley("槐树巷", 2.8, "dark", 0.8),
                Yard("油坊院", COURT, 1956, "none", 45, "courtyard"),
                Yard("槐树院", COURT, 1951, "unit", build="courtyard")),
            Cut("u", 0.5, Alley("北后巷", 3.4, "unknown"),
                Yard("府后嘉园", MOVED, 2009),
                Yard("文庙小区", OLD, 1987))),
    ),
    Block(
        "G4", 0, 462, 272, 640, 226,
        Cut("v", 0.48, Alley("杨家巷", 4.0),
            Cut("u", 0.46, Alley("南后巷", 3.2, "poor"),
                Yard("染坊院", COURT, 1958, build="courtyard"),
                Yard("运输公司院", OLD, 1984, "none", 96)),
            Cut("u", 0.52, Alley("西后巷", 3.0, depth=0.7),
                Yard("西园大院", COURT, 1962, "community", 55, "courtyard"),
                Yard("二轻局家属院", OLD, 1987, "unit"))),
    ),
    Block(
        "G5", 272, 0, 512, 144, 236,
        Cut("v", 0.49, Alley("影剧院后巷", 4.2, "dark"),
            Cut("u", 0.5, Alley("税务巷", 3.6, depth=0.7, gate_closes="22:00"),
                Yard("税务小区", OLD, 1996),
                Place("影剧院", "cinema")),
            Cut("u", 0.37, Alley("水房巷", 3.2),
                Yard("供销小区", OLD, 1994, "none", 217),
                Cut("u", 0.5, None,
                    Yard("建行小区", OLD, 1997),
                    Yard("五金公司院", OLD, 1982, "community", 239)))),
    ),
    Block(
        "G6", 272, 144, 512, 292, 233,
        Cut("u", 0.36, Alley("市场巷", 5.0),
            Place("农贸市场", "market"),
            Cut("u", 0.5, Alley("食品巷", 3.4, "unknown"),
                Cut("v", 0.5, Alley("安居巷", 2.8, "unknown", 0.62, gate_closes="22:30"),
                    Yard("棉麻公司院", OLD, 1986, "unit"),
                    Yard("安居苑", MOVED, 2004)),
                Cut("v", 0.48, None,
                    Yard("外贸小区", OLD, 1995),
                    Yard("食品厂家属院", OLD, 1988)))),
    ),
    Block(
        "G7", 512, 0, 740, 292, 246,
        Cut("v", 0.42, Alley("校南巷", 4.6, "dark"),
            Cut("u", 0.5, Alley("锅炉房巷", 3.4, "poor"),
                Cut("v", 0.49, Alley("葡萄巷", 3.0, depth=0.74, mouth="high"),
                    Yard("兽医站院", OLD, 1984),
                    Yard("人行小区", OLD, 1998)),
                Cut("v", 0.5, Alley("石榴巷", 2.8, "dark", 0.76),
                    Yard("新华书店院", OLD, 1989),
                    Yard("制药厂小区", OLD, 1985, "community", 109))),
            Place("实验小学", "school")),
    ),
    Block(
        "G8", 272, 292, 486, 640, 330,
        Cut("v", 0.33, Alley("游园北巷", 4.0, "dark"),
            Cut("u", 0.5, None,
                Place("槐荫游园", "park"),
                Yard("工会小区", OLD, 1993)),
            Cut("v", 0.46, Alley("车站巷", 5.0),
                Cut("u", 0.5, Alley("布店巷", 3.6, depth=0.7, mouth="high"),
                    Yard("金桂苑", NEW, 2012),
                    Yard("林业局家属院", OLD, 1991, "unit")),
                Cut("u", 0.5, Alley("豆腐巷", 4.0),
                    Yard("文昌花园", NEW, 2016, build="tower"),
                    Yard("电业小区", OLD, 1999)))),
    ),
    Block(
        "G9", 486, 292, 740, 640, 330,
        Cut("v", 0.5, Alley("医院后巷", 5.2),
            Cut("u", 0.53, Alley("医院西巷", 4.2, "dark"),
                Cut("v", 0.48, Alley("纺织巷", 3.4, depth=0.76),
                    Yard("党校家属院", OLD, 1992),
                    Yard("印刷厂家属院", OLD, 1986)),
                Place("区医院", "hospital")),
            Cut("u", 0.34, Alley("鼓楼巷", 4.0),
                Yard("盛世华庭", NEW, 2018, build="tower"),
                Cut("u", 0.5, Alley("锦绣巷", 3.4, "unknown", 0.72),
                    Yard("康宁家园", MOVED, 2008),
                    Yard("锦绣城", NEW, 2015)))),
    ),
)  # fmt: skip
FOOTPATH: Final = (  # the path through the park, from street to street
    "游园小径", 2.2, ((272, 330), (300, 331), (322, 322), (346, 316), (360, 308), (364, 292)),
)  # fmt: skip
STORY_ALLEY: Final = "槐树巷"
STORY_YARD: Final = "槐树院"
STORY_COURT: Final = "37号院"
