"""Foreign keys: a value that points nowhere is named and made missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from wangge.community import Community
from wangge.domain.registers import REGISTERS
from wangge.domain.tables import TABLES
from wangge.store import catalogue_places
from wangge.store.faults import Findings, shown


def hold_keys(community: Community, findings: Findings) -> Community:
    """Return `community` with every dangling key missing, each one named."""
    tables = {**TABLES, **REGISTERS}
    mended: dict[str, Any] = {}
    for table in tables.values():
        frame = getattr(community, table.name)
        for column in table.columns:
            if not column.refers_to:
                continue
            values = frame[column.name]
            dangling = values.notna() & ~values.isin(getattr(community, column.refers_to).index)
            if not dangling.any():
                continue
            for feature, value in values[dangling].items():
                findings.add(
                    catalogue_places.DANGLING.at(
                        table.name,
                        feature,
                        column.name,
                        label=column.label,
                        found=shown(value),
                        table=tables[column.refers_to].label,
                    )
                )
            frame = frame.assign(**{column.name: values.mask(dangling)})
            mended[table.name] = frame
    return replace(community, **mended) if mended else community
