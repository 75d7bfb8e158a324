"""A community as it stood at one moment: every table, always present."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from threading import RLock
from types import MappingProxyType
from typing import TypeVar, cast

import pandas as pd

from wangge.domain.cases import Cases, no_cases, no_inspections
from wangge.domain.tables import (
    Alleys,
    Buildings,
    Compounds,
    Context,
    Facilities,
    Gates,
    Grids,
    Ground,
    Hazards,
    Households,
    Outline,
    Partners,
    PartyGroups,
    Paths,
    PropertyCompanies,
    Shops,
    Stations,
    Streetlights,
    Trees,
)
from wangge.domain.workdays import PLACE

R = TypeVar("R")


@dataclass(frozen=True)
class Community:
    """All tables in `METRIC`, indexed by id; a table nobody filled is empty, never absent.

    ``residents``, ``walkers`` and ``figures`` count people and are made by the privacy cut, before
    which all are empty: ``residents`` is indexed by (level, id), level one of ``community``,
    ``grid``, ``compound``, ``building``, with nullable integer columns (`NA`: too few to show);
    ``walkers`` counts by alley who must walk it in the dark, likewise (see ``alley_walkers``);
    ``figures`` holds single counts by name (None: too few to show); ``withheld`` names the
    (level, id, column) of ``residents`` that are `NA` not for being few but because, shown, they
    would give a small count away by subtraction.

    ``cases`` (see `no_cases`) and ``inspections`` (see `no_inspections`) come from the journal;
    ``hazards`` are the cases as a map shows them.

    ``moment`` is when it stands so: what was due before is overdue.  Files alone have none.
    """

    version: str
    community: Outline
    grids: Grids
    compounds: Compounds
    buildings: Buildings
    households: Households
    alleys: Alleys
    streetlights: Streetlights
    hazards: Hazards
    stations: Stations
    facilities: Facilities
    shops: Shops
    gates: Gates
    paths: Paths
    ground: Ground
    trees: Trees
    context: Context
    party_groups: PartyGroups
    partners: Partners
    property_companies: PropertyCompanies
    cases: Cases = field(default_factory=no_cases)
    inspections: pd.DataFrame = field(default_factory=no_inspections)
    residents: pd.DataFrame = field(default_factory=pd.DataFrame)
    walkers: pd.DataFrame = field(default_factory=pd.DataFrame)
    moment: datetime | None = None
    figures: Mapping[str, int | None] = field(default_factory=lambda: MappingProxyType({}))
    withheld: frozenset[tuple[str, str, str]] = frozenset()
    _memo: dict[object, object] = field(default_factory=dict, repr=False, compare=False)
    _lock: RLock = field(default_factory=RLock, repr=False, compare=False)

    @property
    def synthetic(self) -> bool:
        """Whether the data say of themselves that they are made up."""
        frame = self.community
        return "synthetic" in frame and bool(frame["synthetic"].fillna(value=False).any())

    @property
    def now(self) -> datetime:
        """The moment it stands at.

        Raises
        ------
        ValueError
            If it was never placed at one, see `at`.
        """
        if self.moment is None:
            msg = "This community has no clock; place it with Community.at."
            raise ValueError(msg)
        return self.moment

    @property
    def today(self) -> date:
        """The day in Shanghai it stands at."""
        return self.now.astimezone(PLACE).date()

    def at(self, moment: datetime) -> Community:
        """Return this community as it stands at `moment`, which has a time zone."""
        return replace(self, moment=moment, _memo={})

    def derive(self, analysis: Callable[..., R], **options: float | str | bool | date) -> R:
        """Run `analysis` on this community, once per set of options.

        The signature is the registration: positional parameters of an analysis
        name tables, keyword-only parameters are options.
        """
        key = (analysis.__module__, analysis.__qualname__, *sorted(options.items()))
        tables = (getattr(self, name) for name in tables_of(analysis))
        return self.memo(key, lambda: analysis(*tables, **options))

    def memo(self, key: Hashable, make: Callable[[], R]) -> R:
        """Return what `make` made of this community for `key`, making it at most once."""
        with self._lock:
            if key not in self._memo:
                self._memo[key] = make()
            return cast("R", self._memo[key])


def tables_of(analysis: Callable[..., object]) -> tuple[str, ...]:
    """Name the tables `analysis` reads: its positional parameters.

    Examples
    --------
    >>> def count(alleys, streetlights, *, least=1.0): ...
    >>> tables_of(count)
    ('alleys', 'streetlights')
    """
    parameters = inspect.signature(analysis).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)
