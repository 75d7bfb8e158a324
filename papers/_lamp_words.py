"""What the letter about streetlights says, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from papers._signs import SpotKind
from papers._words import long_date, named
from wangge.analysis.lamp_sites import Proposal, darkness_removed
from wangge.analysis.lighting import alley_lighting
from wangge.analysis.places import of_lines
from wangge.community import Community
from wangge.domain.rules import rule
from wangge.text import Lang, Text

SENDER: Final = Text("{name}居民委员会", "Residents' Committee of {name}")
TO: Final = Text("{to}：", "To: {to}")
INDENT: Final[Mapping[Lang, int]] = MappingProxyType({"zh": 2, "en": 0})
ANNEX: Final = Text("附件{n}", "Annex {n}")
ANNEXES: Final = (
    Text("\u3000\u3000附件：1. 建议灯位图", "Annexes: 1. Map of the proposed spots"),
    Text(f"{5 * chr(0x3000)}2. 建议灯位坐标表", "2. List of the proposed spots"),
)
CONTACT: Final = Text("（联系岗位：{contact}）", "(For questions: {contact})")
MAP_TITLE: Final = Text("建议灯位图", "Map of the proposed spots")
LIST_TITLE: Final = Text("建议灯位坐标表", "List of the proposed spots")
SYSTEM: Final = Text("坐标系：{title}。", "Coordinates: {title}.")
TOTAL: Final = Text("合计", "Total")
ESTIMATED: Final = Text(
    "序号按消除暗段的多少排列。费用为估算，待核实，以现场勘察和报价为准；灯位可按管线、杆位等"
    "现场条件调整。",
    "Numbered by how much darkness each takes away. Costs are estimates, to be verified: a survey "
    "and an offer decide. Spots may move with cables and poles found on site.",
)
SPOTS: Final[Mapping[SpotKind, Text]] = MappingProxyType(
    {
        "new": Text("建议新装灯位", "New lamp proposed"),
        "repair": Text("建议修复的灯", "Lamp to repair"),
    }
)
_TITLE: Final = Text("关于协调{work}{where}路灯的函", "Request to {work} streetlights: {where}")
_WORKS: Final = {
    "new": Text("增设", "put up"),
    "repair": Text("修复", "repair"),
    "both": Text("增设和修复", "put up and repair"),
    "none": Text("解决", "provide"),
}
_ONE: Final = Text("{name}", "{name}")
_MANY: Final = Text("{name}等{n}条街巷", "{name} and {more} more")
_PLACE: Final = Text("{name}（{grid}长{length}米）", "{name} ({grid}{length} m long)")
_IN_GRID: Final = Text("{grid}，", "{grid}, ")
_WHY: Final = Text(
    "我社区{places}夜间照明不足。", "There is too little light at night on {places}."
)
_SEEN: Final = Text(
    "经{day}夜间实地查看，共有{dark}米没有路灯照到{but}。",
    " On {day} we saw there after dark that no lamp reaches {dark} m of the way{but}.",
)
_SEEN_LAST: Final = Text(
    "经夜间实地查看（最近一次为{day}），共有{dark}米没有路灯照到{but}。",
    " On walks after dark, the last on {day}, we saw that no lamp reaches {dark} m of the "
    "way{but}.",
)
_BUT: Final = Text("（{names}尚未夜查，未计入）", " ({names} not walked at night yet, not counted)")
_UNSEEN: Final = Text(
    "夜间情况尚未实地查看，暗段长度待核实。",
    " Nobody has walked there after dark yet; how much of it is dark is to be verified.",
)
_WHO: Final = Text(
    "每晚须摸黑走这段路回家的居民有{doors}户、{people}人{care}，存在摔倒等安全隐患。",
    " Every evening {doors} households, {people} people{care}, walk it home in the dark and may "
    "fall.",
)
_CARE: Final = Text("，其中{parts}", ", among them {parts}")
_ALONE: Final = Text("独居老人{n}户", "{n} households of elders living alone")
_DISABLED: Final = Text("残疾人家庭{n}户", "{n} households with a disabled resident")
_FEW: Final = Text("不足{least}", "fewer than {least}")
_ASK: Final = Text(
    "为方便居民夜间出行，恳请贵单位协调{asked}，建议灯位见附件。",
    "So that residents can walk home safely, we kindly ask you to {asked}. The spots we propose "
    "are in the annexes.",
)
_NEW: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "solar": Text(
            "在上述街巷新装太阳能路灯{n}盏（灯高{height}米）",
            "put up {n} solar lamps there ({height} m high)",
        ),
        "mains": Text(
            "在上述街巷新装市电路灯{n}盏（灯高{height}米）",
            "put up {n} mains lamps there ({height} m high)",
        ),
    }
)
_REPAIR: Final = Text("修复不亮的路灯{n}盏", "repair {n} lamps that are out")
_EFFECT: Final = Text(
    "经测算，实施后可消除照明盲区约{removed}米{share}。费用估算约{cost}元（{each}，待核实），"
    "以贵单位现场勘察和报价为准。",
    "By our calculation this takes away about {removed} m of darkness{share}. We estimate the cost "
    "at about {cost} yuan ({each}; to be verified); your survey and offer decide.",
)
_SHARE: Final = Text("，占现有盲区的{cent}%", ", {cent}% of what is dark now")
_EACH_NEW: Final = Text("新装每盏按{yuan}元计", "{yuan} a new lamp")
_EACH_MAINS: Final = Text("新装市电灯每盏按{yuan}元计", "{yuan} a new mains lamp")
_EACH_REPAIR: Final = Text("修复每盏按{yuan}元计", "{yuan} a repair")
_SURVEY: Final = Text(
    "恳请贵单位派员现场勘察，提出照明方案。",
    "We kindly ask you to survey the place and to propose how to light it.",
)
_OFFER: Final = Text(
    "以上灯位为初步建议，可按管线、杆位等现场条件调整。我社区愿配合踏勘，并协调沿线单位和居民。",
    "The spots are a first proposal and may move with what is found on site. We shall gladly help "
    "with the survey and speak with the units and residents along the way.",
)
_CLOSE: Final = Text("妥否，请函复。", "We look forward to your reply.")
Counts = tuple[int | None, int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the alleys: `title` of the letter, `why` it is written, and its metres.

    ``dark`` metres of them no lamp reaches, ``removed`` of these the proposal takes away.
    """

    title: str
    why: str
    dark: float
    removed: float


def known(community: Community, on: tuple[str, ...], proposal: Proposal, lang: Lang) -> Known:
    """Return the title of the letter and what is known of its alleys.

    Raises
    ------
    KeyError
        If there is no alley of an id in `on`.
    """
    alleys = community.alleys.loc[list(on)]
    light = community.derive(alley_lighting).loc[list(on)]
    names = [named(name, key) for key, name in alleys["name"].items()]
    places = [
        _PLACE.fill(name=name, length=f"{length:,.0f}", grid=_grid(community, str(alley))).in_(lang)
        for name, alley, length in zip(names, alleys.index, light["length_m"], strict=True)
    ]
    dark = float(light["unlit_m"].sum())
    where = _ONE.fill(name=names[0]) if names else Text("", "")
    if len(names) > 1:
        where = _MANY.fill(name=names[0], n=len(names), more=len(names) - 1)
    return Known(
        title=_TITLE.fill(work=_WORKS[_work(proposal)], where=where).in_(lang),
        why=_WHY.fill(places=_listed(places, lang)).in_(lang)
        + _seen(names, pd.to_datetime(alleys["surveyed_on"]), dark, lang),
        dark=dark,
        removed=darkness_removed(alleys, community.streetlights, proposal.spots),
    )


def body(of: Known, counts: Counts, proposal: Proposal, lang: Lang) -> list[str]:
    """Return the paragraphs of the letter; `counts` are doors, people, alone and disabled."""
    first = of.why + (_who(counts, lang) if counts[0] != 0 else "")
    if proposal.spots.empty:
        return [first, _SURVEY.in_(lang), _CLOSE.in_(lang)]
    asked, effect = _ask(proposal, lang), _effect(of, proposal, lang)
    return [first, asked, effect, _OFFER.in_(lang), _CLOSE.in_(lang)]


def _seen(names: list[str], days: pd.Series, dark: float, lang: Lang) -> str:
    """Return when the alleys were walked after dark and what was seen."""
    seen = days.dropna()
    if seen.empty:
        return _UNSEEN.in_(lang)
    unseen = [name for name, day in zip(names, days, strict=True) if pd.isna(day)]
    but = _BUT.fill(names=_listed(unseen, lang)) if unseen else Text("", "")
    text = _SEEN if len(set(seen.dt.date)) == 1 else _SEEN_LAST
    day = long_date(seen.max().date())
    return text.fill(day=day, dark=f"{dark:,.0f}", but=but).in_(lang)


def _listed(parts: list[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(parts)


def _who(counts: Counts, lang: Lang) -> str:
    doors, residents, alone, disabled = counts
    parts = [
        text.fill(n=_count(n)).in_(lang)
        for text, n in ((_ALONE, alone), (_DISABLED, disabled))
        if n != 0
    ]
    joint = "、" if lang == "zh" else " and "
    care = _CARE.fill(parts=joint.join(parts)).in_(lang) if parts else ""
    return _WHO.fill(doors=_count(doors), people=_count(residents), care=care).in_(lang)


def _count(count: int | None) -> Text:
    """Write a count of people or households in a sentence; small and hidden ones are few."""
    least = int(rule("smallest_count").value)
    if count is None or 0 < count < least:
        return _FEW.fill(least=least)
    return Text(f"{count:,}", f"{count:,}")


def _ask(proposal: Proposal, lang: Lang) -> str:
    fresh, mended = _split(proposal)
    asked = []
    for kind, text in _NEW.items():
        mine = fresh[_kinds(fresh) == kind]
        if len(mine):
            heights = "/".join(f"{height:g}" for height in sorted(set(mine["height_m"])))
            asked.append(text.fill(n=len(mine), height=heights).in_(lang))
    if len(mended):
        asked.append(_REPAIR.fill(n=len(mended)).in_(lang))
    joint = "，" if lang == "zh" else " and "
    return _ASK.fill(asked=joint.join(asked)).in_(lang)


def _effect(of: Known, proposal: Proposal, lang: Lang) -> str:
    fresh, mended = _split(proposal)
    each = [
        text.fill(yuan=f"{rule(name).value:,.0f}").in_(lang)
        for text, name, held in (
            (_EACH_NEW, "new_lamp_yuan", fresh[_kinds(fresh) == "solar"]),
            (_EACH_MAINS, "new_mains_yuan", fresh[_kinds(fresh) == "mains"]),
            (_EACH_REPAIR, "lamp_repair_yuan", mended),
        )
        if len(held)
    ]
    share = ""
    if of.dark > 0 and np.isclose(proposal.removed_m, of.removed, rtol=0, atol=0.5):
        cent = f"{100 * proposal.removed_m / of.dark:.0f}"
        share = _SHARE.fill(cent=cent).in_(lang)
    return _EFFECT.fill(
        removed=f"{proposal.removed_m:,.0f}",
        share=share,
        cost=f"{proposal.cost_yuan:,.0f}",
        each=("、" if lang == "zh" else ", ").join(each),
    ).in_(lang)


def _kinds(fresh: pd.DataFrame) -> pd.Series:
    """Return the kind of each new lamp: what a proposal does not say is a solar one."""
    solar = pd.Series("solar", index=fresh.index)
    return fresh["kind"].where(fresh["kind"] == "mains", solar) if "kind" in fresh else solar


def _split(proposal: Proposal) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the new lamps, and those to repair."""
    mended = (proposal.spots["lamp_id"].fillna("") != "").to_numpy(bool)
    return proposal.spots[~mended], proposal.spots[mended]


def _work(proposal: Proposal) -> str:
    fresh, mended = _split(proposal)
    if len(fresh) and len(mended):
        return "both"
    return "new" if len(fresh) else "repair" if len(mended) else "none"


def _grid(community: Community, alley: str) -> Text:
    """Return the name of the grid that holds most of an alley, ready to stand before its length."""
    grid = of_lines(community.alleys.loc[[alley]], community.grids).iloc[0]
    if grid is None:
        return Text("", "")
    return _IN_GRID.fill(grid=named(community.grids.loc[grid, "name"], grid))
