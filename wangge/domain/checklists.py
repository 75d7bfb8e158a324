"""What a weekly fire inspection looks at, by kind of place: one list, short enough to be walked.

Every item names the case that opens with one tap when it is not in order.  The sources are named
from memory and none was read again for this list: all are shown as 待核实.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from wangge.text import Text

Place = Literal["shops", "compounds"]
_LAW: Final = "《中华人民共和国消防法》"
_ORDER: Final = "《机关、团体、企业、事业单位消防安全管理规定》（公安部令第61号）第二十六条"
_TOWERS: Final = "《高层民用建筑消防安全管理规定》（应急管理部令第5号）"
_GAS: Final = "GB 55009-2021"
_CROWDS: Final = "GB/T 40248-2021"
_STORES: Final = "XF 1131-2014"
_MIXED: Final = "XF 703-2007"
_OWN: Final = "own rule"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at.

    Attributes
    ----------
    id
        Names it in the record of an inspection; never given to another item.
    asks
        What is in order; the answer is yes or no.
    kind, severity
        Words of `HAZARD_KINDS` and `SEVERITIES`: the case that opens when it is not.
    source
        Where it is asked for.
    verified
        Whether the source was read; shown as 待核实 where not.
    """

    id: str
    asks: Text
    kind: str
    severity: str
    source: str
    verified: bool = False


_EXTINGUISHER: Final = Item(
    "extinguisher",
    Text("灭火器在位、指针在绿区、没有过期。", "Extinguishers in place, in the green, in date."),
    "other",
    "一般",
    f"{_LAW}第十六条；GB 50444-2008",
)
_WIRING: Final = Item(
    "wiring",
    Text(
        "电线没有老化、裸露、私拉乱接，插座不超负荷。",
        "No worn, bare or makeshift wiring; no overloaded sockets.",
    ),
    "old_wiring",
    "较大",
    f"{_LAW}第二十七条",
)
SHOP: Final = (
    Item(
        "exits",
        Text("安全出口、通道畅通，营业时不上锁。", "Exits and aisles free, unlocked while open."),
        "fire_load",
        "较大",
        f"{_LAW}第二十八条",
    ),
    _EXTINGUISHER,
    _WIRING,
    Item(
        "charging",
        Text(
            "店内不停放电动自行车，不给车和电池充电。",
            "No e-bike kept or charged inside, no battery either.",
        ),
        "stray_charging",
        "较大",
        f"{_TOWERS}第三十七条",
    ),
    Item(
        "lodging",
        Text("店里、阁楼和仓库不住人。", "Nobody sleeps in the shop, its loft or its store."),
        "other",
        "重大",
        _MIXED,
    ),
    Item(
        "windows",
        Text("门窗没有影响逃生的铁栅栏、广告牌。", "No bars or signs across windows and doors."),
        "other",
        "较大",
        f"{_LAW}第二十八条",
    ),
)
_NEAR_LAMPS: Final = Item(
    "stock_heat",
    Text(
        "货物离灯具、插座半米以上，不堵通道。",
        "Stock half a metre off lamps and sockets, aisles free.",
    ),
    "fire_load",
    "一般",
    _STORES,
)
_SOLVENTS: Final = Item(
    "solvents",
    Text(
        "油漆、稀料、酒精少量存放，远离火源。", "Paint, thinner and spirit: little, far from fire."
    ),
    "fire_load",
    "较大",
    f"{_LAW}第二十三条",
)
BY_TRADE: Final[Mapping[str, tuple[Item, ...]]] = {
    "餐饮": (
        Item(
            "gas_hose",
            Text(
                "燃气软管不超过 2 米、没有老化、不穿墙，灶具有熄火保护。",
                "Gas hose up to 2 m, sound, not through a wall; the stove cuts off by itself.",
            ),
            "other",
            "重大",
            _GAS,
        ),
        Item(
            "gas_alarm",
            Text("燃气报警器通电、有效。", "The gas alarm is on and works."),
            "other",
            "较大",
            _GAS,
        ),
        Item(
            "flue",
            Text(
                "灶台、油烟罩和烟道定期清洗，没有厚油垢。",
                "Hood and flue cleaned, no thick grease.",
            ),
            "other",
            "较大",
            _CROWDS,
        ),
    ),
    "电动车": (
        Item(
            "batteries",
            Text(
                "电池不堆放在一起，不无人充电，与易燃物分开。",
                "Batteries not piled up, not charged unattended, apart from what burns.",
            ),
            "stray_charging",
            "重大",
            _OWN,
        ),
        Item(
            "refit",
            Text("不改装、不出售拼装电池。", "No refitted or home-made batteries."),
            "other",
            "较大",
            _OWN,
        ),
    ),
    "快递": (_NEAR_LAMPS,),
    "服装": (_NEAR_LAMPS,),
    "便民超市": (_NEAR_LAMPS,),
    "文具打印": (_NEAR_LAMPS,),
    "五金": (_NEAR_LAMPS, _SOLVENTS),
    "药店": (_SOLVENTS,),
    "理发": (_SOLVENTS,),
    "培训": (
        Item(
            "children",
            Text(
                "两个出口都能走，应急灯亮，孩子不超员。",
                "Both exits open, emergency lights on, no more children than allowed.",
            ),
            "other",
            "重大",
            _CROWDS,
        ),
    ),
}
COMPOUND: Final = (
    Item(
        "lane",
        Text(
            "消防车通道和登高场地没有被占，大门能打开。",
            "Fire lanes and ladder ground free, the gate opens.",
        ),
        "blocked_lane",
        "较大",
        f"{_LAW}第二十八条",
    ),
    Item(
        "stairs",
        Text("楼道、门厅没有堆放杂物。", "Nothing piled up in stairs and halls."),
        "fire_load",
        "一般",
        f"{_LAW}第二十八条",
    ),
    Item(
        "stair_bikes",
        Text(
            "楼道、门厅没有停放或充电的电动自行车，没有飞线。",
            "No e-bike in stairs or halls, no cable hung from a window.",
        ),
        "stray_charging",
        "较大",
        f"{_TOWERS}第三十七条",
    ),
    _WIRING,
    Item(
        "hydrants",
        Text("消火栓没有被埋压圈占，有水。", "Hydrants not buried or fenced in, and with water."),
        "other",
        "较大",
        f"{_LAW}第二十八条",
    ),
    _EXTINGUISHER,
    Item(
        "shed",
        Text(
            "充电车棚的充电设施、灭火器完好，车辆停放有序。",
            "Charging shed: sockets and extinguishers sound, bikes in order.",
        ),
        "other",
        "一般",
        _OWN,
    ),
)
BY_COMPOUND: Final[Mapping[str, tuple[Item, ...]]] = {
    "平房院落": (
        Item(
            "stoves",
            Text(
                "取暖炉火有人看，烟筒通畅，装了一氧化碳报警器。",
                "Stoves watched, flues clear, a carbon monoxide alarm in place.",
            ),
            "other",
            "较大",
            _OWN,
        ),
    ),
    "商品房": (
        Item(
            "fire_doors",
            Text(
                "常闭防火门关着、能自己关上，应急灯和指示灯亮。",
                "Fire doors shut and closing by themselves, emergency lights on.",
            ),
            "other",
            "一般",
            _ORDER,
        ),
    ),
}


def checklist(place: Place, kind: str = "") -> tuple[Item, ...]:
    """Return what to look at in a shop or compound, what its kind asks for first.

    Parameters
    ----------
    place
        ``shops`` or ``compounds``.
    kind
        The shop's trade or the kind of compound; one that is not known has the common list.

    Examples
    --------
    >>> [item.id for item in checklist("shops", "快递")][:3]
    ['stock_heat', 'exits', 'extinguisher']
    >>> checklist("compounds", "商品房")[0].asks.in_("en")
    'Fire doors shut and closing by themselves, emergency lights on.'
    """
    own = BY_TRADE if place == "shops" else BY_COMPOUND
    return (*own.get(kind, ()), *(SHOP if place == "shops" else COMPOUND))


def item(ident: str) -> Item | None:
    """Return the item called `ident`, None for one that is asked no more.

    Examples
    --------
    >>> item("lane").kind, item("gone")
    ('blocked_lane', None)
    """
    lists = (SHOP, COMPOUND, *BY_TRADE.values(), *BY_COMPOUND.values())
    return next((one for held in lists for one in held if one.id == ident), None)
