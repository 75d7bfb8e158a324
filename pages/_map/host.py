"""The Python half of the live map: mounts the component and returns what was clicked.

Only digests, the selection and a few words cross the websocket. The page fetches the bodies they
name from ``server/map.py``, once each; `show` puts them on the shelf for this role beforehand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import streamlit as st

from layers._body import SHELF
from layers._folium import Drawing
from layers._tokens import TOKENS, Mode
from pages import _press
from pages._map.placing import Placed, Placing, heard
from wangge.domain.roles import Role, role_named

HERE: Final = Path(__file__).parent
ENGINE: Final = HERE.parents[1] / "layers" / "_draw"
EARLY: Final = (  # words that are needed before the sheet with all words has arrived
    "map",
    "loading",
    "still_loading",
    "loading_long",
    "retrying",
    "failed",
    "paint_failed",
)
GROUND: Final = ("m_out", "page", "panel", "border", "text", "text2", "m_grid")  # colours, likewise
LEAST: Final = 320  # px, the least height of a map that fills the window

Scale = Literal["desk", "wall"]


class Picked(NamedTuple):
    """What someone chose on the map: a feature, or with both empty nothing.

    `reason` is ``back`` when Esc asked for the level above, else empty.
    """

    layer: str
    id: str
    reason: str = ""


def version() -> str:
    """Return a digest of all scripts of the map; it is part of their address."""
    digest = blake2b(digest_size=8)
    for path in (*sorted(HERE.glob("*.js")), *sorted(ENGINE.glob("*.js"))):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def base_path() -> str:
    """Return the path the application is served under, such as ``/wangge``, or nothing."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


# Streamlit sends html, css and js again on every rerun, so all three stay tiny: the module itself
# is fetched once from our own route. A blob: module has no base address, hence `location.origin`.
_BOOT: Final = f"""
const at = new URL("{base_path()}/map/{version()}/host.js", location.origin).href;
const load = (left) => import(left === 3 ? at : `${{at}}?again=${{left}}`).catch((error) => {{
  if (!left) throw error;
  return new Promise((wake) => setTimeout(wake, 1000)).then(() => load(left - 1));
}});
let host;
export default async (component) => {{
  try {{
    return (await (host ??= load(3))).default(component);
  }} catch (error) {{
    host = undefined;
    const root = component.parentElement.querySelector("[data-testid=map]");
    root.dataset.error = error.message;
    root.textContent = component.data.words.failed;
  }}
}};
"""
_HTML: Final = (
    '<div data-testid="map" role="application" '
    f'style="min-height:{LEAST}px;background:var(--st-secondary-background-color)"></div>'
)
_mount = st.components.v2.component("wangge_map", html=_HTML, js=_BOOT)


def show(  # noqa: PLR0913  # one place where every way to show a map is listed
    drawing: Drawing,
    *,
    key: str,
    before: Drawing | None = None,
    selected: Picked | None = None,
    on_pick: Callable[[Picked], None] | None = None,
    switches: Sequence[tuple[str, int | None]] = (),
    on_switch: Callable[[tuple[str, ...]], None] | None = None,
    placing: Placing | None = None,
    on_place: Callable[[Placed], None] | None = None,
    theme: Mode = "light",
    scale: Scale = "desk",
    height: int | str = "window",
    legend: bool = True,
    chip: str = "",
    words: Mapping[str, str] | None = None,
    focus: Picked | None = None,
    title: str = "",
    date: str = "",
    role: Role | None = None,
) -> Picked | None:
    """Draw `drawing` and return what was picked on it, if anything.

    Parameters
    ----------
    drawing
        From `layers._folium.describe`.
    key
        Names the map: its view outlives reruns and page switches.
    before
        The same layers in another state, such as before a change: shown at the left of a divider
        that can be dragged, with `drawing` at its right. What is equal is held and sent once.
    selected
        What is outlined. A page that gives `on_pick` decides this alone (None: nothing);
        otherwise None means what was last picked on this map.
    on_pick
        Called before the rerun that a click causes, so that a page can write the address first.
    switches
        Layers with a switch in the row above the map, in this order: id, and how many things it
        holds (None: not known). A switch acts in the browser at once.
    on_switch
        Called before the rerun that a switch causes, with the ids of `switches` now on. The page
        answers with `drawing`: until it does, the browser keeps what was switched.
    placing
        What taps on the map mean beside picking: setting a pin, or adding places. The browser
        draws what was placed at once; the page answers with `placing`, or with `drawing`.
    on_place
        Called before the rerun that a placing causes, once for each: a double tap, or a message
        that comes twice, places one. Streamlit may break a run off inside it; it is then called
        again, so it changes what it keeps as its last act.
    theme
        ``light`` or ``dark``. The session's own theme is followed in the browser, where it may
        change between two runs; another one, such as a dark map on a light page, is kept.
    scale
        ``wall`` draws for five metres away: larger, no controls, not to be clicked.
    height
        ``window``: down to the lower edge of the window; a number: CSS pixels;
        any other text: a CSS length such as ``calc(100vh - 200px)``.
    legend
        Whether the legend is shown (desk: a strip below; wall: in the map).
    chip
        Text at the top left, such as that the data is synthetic.
    words
        Overrides of the words in the sheet.
    focus
        The feature the map flies to and stays on; None for the whole community.
    title
        Heading of the printed sheet.
    date
        Date on the printed sheet; nothing for the browser's.
    role
        Who may fetch the bodies; None for the role this process runs for.

    Raises
    ------
    ValueError
        If `before` and `drawing` are not of the same layers in one language.

    Examples
    --------
    >>> picked = show(drawing, key="overview", selected=Picked("grids", "G5"))  # doctest: +SKIP
    """
    to = role or role_named(os.environ.get("WANGGE_ROLE", "secretary"))
    if before is not None and before.head["sheet"] != drawing.head["sheet"]:
        msg = "Two states are compared in one language and with the same layers."
        raise ValueError(msg)
    for body in (*drawing.bodies, *(before.bodies if before else ())):
        SHELF.put(to, body)
    place, turn, last = f"{key} picked", f"{key} turn", f"{key} placed"

    def keep() -> None:
        sent = _press.told_by(key).get("told")
        if not sent:  # pressed just as another press took the map away
            return
        st.session_state[turn] = int(sent["turn"])
        if (shown := sent.get("shown")) is not None and on_switch is not None:
            on_switch(tuple(name for name, _ in switches if name in shown))
        for number, placed in heard(sent.get("placed"), st.session_state.get(last, 0)):
            if placed is not None and on_place is not None:
                on_place(placed)
            st.session_state[last] = number  # not before: a run broken off in there is told again
        if one := sent.get("picked"):
            picked = Picked(str(one["layer"]), str(one["id"]), str(one.get("reason", "")))
            st.session_state[place] = picked
            if on_pick is not None:
                on_pick(picked)

    kept: Picked | None = st.session_state.get(place)
    outlined = selected if selected is not None or on_pick is not None else kept
    _mount(
        key=key,
        data={
            **drawing.head,
            "key": key,
            "before": {"layers": before.head["layers"]} if before else None,
            "selected": _pair(outlined),
            "focus": _pair(focus),
            "switches": [*switches],
            "turn": st.session_state.get(turn, 0),
            "placing": placing.told() if placing else None,
            "placed": st.session_state.get(last, 0),
            "theme": theme,
            "follows": scale == "desk" and theme == (st.context.theme.type or "light"),
            "scale": scale,
            "height": height,
            "least": LEAST,
            "legend": legend,
            "chip": chip,
            "title": title,
            "date": date,
            "words": {**_early(drawing), **(words or {})},
            "ground": {name: TOKENS[theme][name] for name in GROUND},
        },
        on_told_change=keep,
    )
    return kept


def _pair(picked: Picked | None) -> list[str] | None:
    return [picked.layer, picked.id] if picked and picked.layer else None


def _early(drawing: Drawing) -> dict[str, str]:
    sheet: Mapping[str, Any] = next(
        (body.collection for body in drawing.bodies if body.digest == drawing.head["sheet"]), {}
    )
    words = sheet.get("words", {})
    return {name: words[name] for name in EARLY if name in words}
