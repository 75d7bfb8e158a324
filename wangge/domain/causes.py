"""Why things come to be: the root causes offered for each kind of case.

A cause is kept as its Chinese word, so that a table opened anywhere can be read; any other words
may be written instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wangge.domain.terms import Terms
from wangge.text import Text

_OTHERS: Final = {"无人维护": "Nobody maintains it", "责任不清": "Nobody is responsible"}
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "fire_load": {
        "无处存放": "Nowhere to store things",
        "习惯未改": "Old habit",
        "装修遗留": "Left from renovation",
    },
    "old_wiring": {
        "线路超期": "Past its service life",
        "私拉乱接": "Unapproved connections",
        "负荷过大": "Overload",
        "施工遗留": "Left from works",
    },
    "blocked_lane": {
        "车位不足": "Too few parking spaces",
        "违规停车": "Illegal parking",
        "堆物占道": "Things piled up",
        "施工占道": "Works",
    },
    "stray_charging": {
        "没有充电设施": "No charging place",
        "充电位不足": "Too few charging places",
        "充电点太远": "Charging is too far away",
        "收费偏高": "Charging costs too much",
    },
    "subsidence": {
        "管网渗漏": "Leaking pipes",
        "回填不实": "Poor backfill",
        "重车碾压": "Heavy vehicles",
        "雨水冲刷": "Washed out by rain",
        "年久失修": "Long unrepaired",
    },
    "lamp_out": {
        "灯具损坏": "Lamp failed",
        "线路故障": "Line fault",
        "电池老化": "Worn-out battery",
        "欠费断电": "Cut off unpaid",
        "人为损坏": "Vandalism",
    },
    "unlit_alley": {
        "未装路灯": "No lamps were put up",
        "灯距过大": "Lamps too far apart",
        "树木遮挡": "Trees in the way",
        "产权不清": "Unclear ownership",
    },
    "property": {
        "无物业管理": "No property manager",
        "服务不到位": "Poor service",
        "经费不足": "No money",
    },
    "other": {"人为损坏": "Vandalism", "年久失修": "Long unrepaired"},
}
CAUSES: Final[Mapping[str, Terms]] = MappingProxyType(
    {
        kind: {zh: Text(zh, en) for zh, en in {**own, **_OTHERS}.items()}
        for kind, own in _WORDS.items()
    }
)


def cause(word: str) -> Text:
    """Return a kept cause as both languages show it; words of nobody's list stay as they are.

    Examples
    --------
    >>> cause("线路超期").en, cause("老鼠咬的").en
    ('Past its service life', '老鼠咬的')
    """
    found = (terms[word] for terms in CAUSES.values() if word in terms)
    return next(found, Text(word, word))
