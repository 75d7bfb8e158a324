"""Twelve months of hazards, in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from shapely.geometry import Point

from wangge.demo import names
from wangge.demo.town import Town

_DAYS: Final = {"重大": 1, "较大": 3, "一般": 7, "低": 15}
# Open now: severity, status, kind, days since reported, where. Overdue where the term is passed.
_OPEN: Final = (
    ("重大", "handling", "stray_charging", 0, "供销小区"),
    ("重大", "dispatched", "blocked_lane", 1, "棉麻公司院"),
    ("较大", "handling", "old_wiring", 5, "槐树院"),
    ("较大", "dispatched", "subsidence", 2, "林业局家属院"),
    ("较大", "returned", "stray_charging", 6, "邮电小区"),
    ("较大", "handled", "blocked_lane", 2, "粮食局家属院"),
    ("一般", "reported", "fire_load", 0, "二轻局家属院"),
    ("一般", "opened", "stray_charging", 1, "运输公司院"),
    ("一般", "dispatched", "fire_load", 3, "物资局家属院"),
    ("一般", "handling", "old_wiring", 4, "外贸小区"),
    ("一般", "handling", "fire_load", 9, "供销小区"),
    ("一般", "handled", "other", 5, "盛世华庭"),
    ("一般", "handled", "fire_load", 6, "油坊院"),
    ("一般", "dispatched", "blocked_lane", 2, "印刷厂家属院"),
    ("一般", "returned", "stray_charging", 6, "公安小区"),
    ("低", "reported", "other", 0, "文庙小区"),
    ("低", "reported", "fire_load", 1, "人行小区"),
    ("低", "opened", "fire_load", 3, "供销小区"),
    ("低", "dispatched", "other", 6, "电业小区"),
    ("低", "handling", "other", 11, "党校家属院"),
    ("低", "handling", "old_wiring", 17, "兽医站院"),
    ("低", "handled", "fire_load", 8, "水利局小区"),
    ("低", "dispatched", "fire_load", 9, "康宁家园"),
)
_PAST: Final = 97  # closed, declined and duplicate
_MONTHLY: Final = (8, 7, 9, 8, 10, 11, 9, 8, 8, 8, 5, 6)  # oldest month first, sums to _PAST
_MIX: Final = (
    ("fire_load", 0.30), ("stray_charging", 0.26), ("old_wiring", 0.14), ("blocked_lane", 0.15),
    ("subsidence", 0.05), ("other", 0.10),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hazard:
    """A hazard: what, how grave, where, in which state since when."""

    place: Point
    kind: str
    severity: str
    status: str
    reported: date
    due: date | None
    closed: date | None
    compound: str | None
    note: str


def happen(town: Town, seed: int, today: date) -> list[Hazard]:
    """Let 120 hazards happen in the twelve months up to `today`, oldest first."""
    rng = np.random.default_rng([seed, 7])
    hazards = [_open(town, case, today, rng) for case in _OPEN]
    for back, count in zip(range(12, 0, -1), _MONTHLY, strict=True):
        for _ in range(count):
            age = back * 30.4 - float(rng.uniform(0, 30.4))
            hazards.append(_past(town, max(int(age), 2), today, rng))
    return sorted(hazards, key=lambda h: (h.reported, h.place.x))


def _open(
    town: Town, case: tuple[str, str, str, int, str], today: date, rng: np.random.Generator
) -> Hazard:
    severity, status, kind, age, where = case
    reported = today - timedelta(days=age)
    key = next(k for k, yard in town.yards.items() if yard.parcel.use.name == where)
    place = _beside_a_house(town, key, rng)
    due = None if status == "reported" else reported + timedelta(days=_DAYS[severity])
    return Hazard(place, kind, severity, status, reported, due, None, key, _note(kind, rng))


def _past(town: Town, age: int, today: date, rng: np.random.Generator) -> Hazard:
    kinds, shares = zip(*_MIX, strict=True)
    kind = str(rng.choice(kinds, p=shares))
    severity = str(rng.choice(["重大", "较大", "一般", "低"], p=[0.04, 0.17, 0.44, 0.35]))
    reported = today - timedelta(days=age)
    key, place = _somewhere(town, rng)
    draw = rng.random()
    if draw < 0.05:
        return Hazard(
            place, kind, severity, "declined", reported, None, None, key, _note(kind, rng)
        )
    if draw < 0.09:
        return Hazard(
            place, kind, severity, "duplicate", reported, None, None, key, _note(kind, rng)
        )
    term = _DAYS[severity]
    took = int(rng.integers(0, term + 1)) if rng.random() < 0.9 else term + int(rng.integers(1, 6))
    closed = min(reported + timedelta(days=took), today - timedelta(days=1))
    due = reported + timedelta(days=term)
    return Hazard(place, kind, severity, "closed", reported, due, closed, key, _note(kind, rng))


def _note(kind: str, rng: np.random.Generator) -> str:
    notes = names.HAZARD_NOTES[kind]
    return notes[int(rng.integers(len(notes)))]


def _somewhere(town: Town, rng: np.random.Generator) -> tuple[str, Point]:
    """Pick a spot in a yard, beside a house; older yards come up more often."""
    keys = sorted(town.yards)
    ages = np.array([3.0 if _year(town, key) < 2000 else 1.0 for key in keys])
    key = str(rng.choice(keys, p=ages / ages.sum()))
    return key, _beside_a_house(town, key, rng)


def _beside_a_house(town: Town, key: str, rng: np.random.Generator) -> Point:
    """Pick a spot in a yard within two metres of a house and in none."""
    yard = town.yards[key]
    homes = [b for b in yard.buildings if b.kind != "shop"]
    home = homes[int(rng.integers(len(homes)))]
    ring = home.shape.buffer(1.5).exterior
    inside = yard.wall.buffer(-0.8)
    houses = [b.shape for b in yard.buildings]
    for _ in range(60):
        spot = ring.interpolate(float(rng.uniform(0, 1)), normalized=True)
        if inside.contains(spot) and not any(h.contains(spot) for h in houses):
            return Point(spot.x, spot.y)
    return Point(home.shape.representative_point())


def _year(town: Town, key: str) -> int:
    return getattr(town.yards[key].parcel.use, "built_year", 2000)
