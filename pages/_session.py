"""What a session stands on: the data as it is on disk, the clock, the role and the language."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from layers._tokens import Mode
from pages import _press
from pages._page import Page, View
from wangge.community import Community
from wangge.domain.actors import Actor
from wangge.domain.roles import ROLES, Role
from wangge.sight import see
from wangge.store import present
from wangge.store.files import Reading
from wangge.store.journal import Journal
from wangge.store.since import clock as told
from wangge.store.stamp import Stamp, brief
from wangge.text import LANGS, Lang, Text


@dataclass(frozen=True, slots=True)
class Session:
    """What holds for every page of this run, and what could not be followed."""

    reading: Reading
    stamp: Stamp
    journal: Journal
    actor: Actor
    role: Role
    lang: Lang
    now: datetime
    theme: Mode
    notices: tuple[Text, ...]

    def view(self, page: Page) -> View:
        """Return the view `page` is given, cut to the role before the page sees anything."""
        role = page.sees or self.role
        grid = os.environ.get("WANGGE_GRID", "")
        return View(
            community=see(self.reading.community, role, grid=grid),
            lang=self.lang,
            role=role,
            now=self.now,
            as_of=self.now,
            theme=self.theme,
            problems=self.reading.problems,
            desk=None if role == "anonymous" else present.desk(os.environ, role, self.reading),
            grid=grid if role == "worker" and grid in self.reading.community.grids.index else "",
        )


def clock() -> datetime:
    """Return the moment it is in Shanghai; ``WANGGE_NOW`` (ISO) stops it for tests."""
    return told(os.environ)


def data(now: datetime) -> tuple[Reading, Stamp]:
    """Return the files with what the journal has since seen, as they stand at `now`.

    Made once per process and change.
    """
    return present.present(os.environ, now)


def role_from(environment: Mapping[str, str]) -> tuple[Role, tuple[Text, ...]]:
    """Return the role this process runs for; an unknown one sees as little as anybody.

    Examples
    --------
    >>> role_from({})
    ('secretary', ())
    >>> role_from({"WANGGE_ROLE": "mayor"})[0]
    'anonymous'
    """
    given = environment.get("WANGGE_ROLE", "secretary")
    for role in ROLES:
        if role == given:
            return role, ()
    told = Text(
        "没有名为“{it}”的角色，按匿名访客显示。",
        "There is no role “{it}”; what anybody may see is shown.",
    )
    return "anonymous", (told.fill(it=given),)


def lang_from(given: str | None, kept: Lang | None) -> tuple[Lang, tuple[Text, ...]]:
    """Return the language asked for, else the one kept from before, else Chinese.

    Examples
    --------
    >>> lang_from("en", None)[0], lang_from(None, "en")[0], lang_from(None, None)[0]
    ('en', 'en', 'zh')
    """
    for lang in LANGS:
        if lang == given:
            return lang, ()
    if given is None:
        return kept or "zh", ()
    told = Text(
        "没有“{it}”这种语言，已用中文显示。", "There is no language “{it}”; Chinese is shown."
    )
    return "zh", (told.fill(it=given[:20]),)


def session() -> Session:
    """Return this run's session, from the environment, the address and the browser."""
    now = clock()
    reading, stamp = data(now)
    role, of_role = role_from(os.environ)
    lang, of_lang = lang_from(st.query_params.get("lang"), st.session_state.get("lang"))
    st.session_state["lang"] = lang
    if lang != LANGS[0] and "lang" not in st.query_params:  # a copied link speaks as the screen
        _press.go({**_press.address(), "lang": lang})
    return Session(
        reading=reading,
        stamp=stamp,
        journal=present.journal(os.environ),
        actor=present.acting(os.environ, role, reading),
        role=role,
        lang=lang,
        now=now,
        theme="dark" if st.context.theme.type == "dark" else "light",
        notices=(*of_role, *of_lang),
    )


def seen_by(role: Role, now: datetime) -> tuple[Community, str]:
    """Return the community as it stands at `now`, cut to `role`, and its stamp in brief.

    For what is filled anew by itself.

    Raises
    ------
    JournalError
        If the journal cannot be opened or read.
    """
    reading, stamp = data(now)
    return see(reading.community, role), brief(stamp)
