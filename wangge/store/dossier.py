"""Everything the journal holds of one case: how it stands, and what happened to it."""

from __future__ import annotations

from dataclasses import dataclass

from wangge.domain.cases import Case
from wangge.store.case_rows import case_of
from wangge.store.events import Event
from wangge.store.journal import Journal

BEFORE = ("report", "import")  # their photos show the place as it was found
AFTER = ("handle",)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with its events, oldest first."""

    case: Case
    events: tuple[Event, ...]

    @property
    def before(self) -> tuple[str, ...]:
        """Digests of the photos that show it as it was found."""
        return tuple(one for event in self.events if event.action in BEFORE for one in seen(event))

    @property
    def after(self) -> tuple[str, ...]:
        """Digests of the photos of the last handling that has any."""
        taken = [seen(event) for event in self.events if event.action in AFTER]
        return next((photos for photos in reversed(taken) if photos), ())


def dossier(journal: Journal, ident: str) -> Dossier | None:
    """Return what `journal` holds of the case `ident`, or None."""
    row = journal.row("cases", ident)
    if row is None:
        return None
    return Dossier(case_of(row), tuple(journal.events(f"cases/{ident}")))


def seen(event: Event) -> tuple[str, ...]:
    """Return the digests of the photos that belong to `event`."""
    return tuple(map(str, event.values.get("photos", ())))
