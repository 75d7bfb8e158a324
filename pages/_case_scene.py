"""What the parts of the case list share: who looks, what is asked for, what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from pages import _press
from pages._case_filter import Found, Post, Wanted, from_params
from pages._page import View

LAST: Final = "cases asked for"  # query parameters of the list, for the way back from a case


@dataclass(frozen=True, slots=True)
class Scene:
    """One run of the page; every part writes the address anew and reads it in the next run."""

    view: View
    post: Post
    wanted: Wanted
    found: Found

    def put(self, **changed: Any) -> None:  # noqa: ANN401 - fields of what is asked for
        """Change the address."""
        self._go(replace(self._now(), **changed))

    def narrow(self, **facets: str) -> None:
        """Ask for other facets: on the first page, what was selected is let go.

        A case chosen since, in the same moment, stays: the two come in no order.
        """
        now = self._now()
        kept = now.case if now.case != self.wanted.case else ""
        self._go(replace(now.narrowed(**facets), case=kept))

    def choose(self, case: str) -> None:
        """Select `case`, or let it go if it is the one selected."""
        self.put(case="" if case == self.wanted.case else case)

    def _now(self) -> Wanted:
        return from_params(_press.address(), self.view.community, self.post)[0]

    def _go(self, wanted: Wanted) -> None:
        _press.go(wanted.params(self.post.usual))
