"""What the parts of the case list share: who looks, what is asked for, what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import streamlit as st

from pages._case_filter import Found, Post, Wanted
from pages._page import View

TURN: Final = "cases turn"
LAST: Final = "cases asked for"  # query parameters of the list, for the way back from a case


@dataclass(frozen=True, slots=True)
class Scene:
    """One run of the page; every part writes the address anew and reads it in the next run."""

    view: View
    post: Post
    wanted: Wanted
    found: Found

    def go(self, wanted: Wanted) -> None:
        """Make `wanted` the one in the address; the list forgets which cell was pressed."""
        kept = {"lang": st.query_params["lang"]} if "lang" in st.query_params else {}
        st.query_params.from_dict({**kept, **wanted.params(self.post.usual)})
        st.session_state[TURN] = st.session_state.get(TURN, 0) + 1

    def choose(self, case: str) -> None:
        """Select `case`, or let it go if it is the one selected."""
        self.go(replace(self.wanted, case="" if case == self.wanted.case else case))
