"""The registers of the demo community: party groups, partner units, property companies."""

from __future__ import annotations

from typing import Final

import numpy as np

from wangge.demo import names
from wangge.demo.community import Life
from wangge.demo.write import Value

_GROUPS: Final = 55
_MEMBERS: Final = 716


def register_tables(life: Life) -> dict[str, list[dict[str, Value]]]:
    """Return the rows of every register, by name."""
    partners: list[dict[str, Value]] = [
        {"id": f"N{k + 1:02d}", "name": name, "trade": trade, "offers": offers}
        for k, (name, trade, offers) in enumerate(names.PARTNERS)
    ]
    companies: list[dict[str, Value]] = [
        {
            "id": f"W{k + 1:02d}",
            "name": name,
            "offers": offers,
            "fee_yuan_m2": fee,
            "takes_old": old,
            "compounds_now": now,
        }
        for k, (name, offers, fee, old, now) in enumerate(names.COMPANIES)
    ]
    return {
        "party_groups": _party_groups(life),
        "partners": partners,
        "property_companies": companies,
    }


def _party_groups(life: Life) -> list[dict[str, Value]]:
    """Give every compound a group and the sixteen largest a second; share members by homes."""
    homes: dict[str, int] = dict.fromkeys(life.town.yards, 0)
    for home in life.homes:
        homes[home.compound] += 1
    spare = _GROUPS - len(homes)
    large = set(sorted(homes, key=lambda key: (-homes[key], key))[:spare])
    parts: list[tuple[str, str, float]] = []
    for key, yard in life.town.yards.items():
        name = yard.parcel.use.name
        if key in large:
            parts += [
                (key, f"{name}第一党小组", homes[key] / 2),
                (key, f"{name}第二党小组", homes[key] / 2),
            ]
        else:
            parts.append((key, f"{name}党小组", float(homes[key])))
    weights = np.array([3.0 + w / 8 for _, _, w in parts])
    exact = weights / weights.sum() * _MEMBERS
    members = np.floor(exact).astype(int)
    for k in np.argsort(members - exact, kind="stable")[: _MEMBERS - int(members.sum())]:
        members[k] += 1
    return [
        {
            "id": f"Q{k + 1:02d}",
            "name": name,
            "grid_id": life.town.yards[key].parcel.grid,
            "compound_id": key,
            "members": int(members[k]),
        }
        for k, (key, name, _) in enumerate(parts)
    ]
