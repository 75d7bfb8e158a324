"""Where one is and what is shown, as it stands in the address of the page.

``?grid=G5&compound=C12&building=B041&pick=hazards/Z007&layers=grids.compounds&lang=zh``.
A link therefore shows the same view.  One pure function reads it; a wrong part falls back to the
next larger place and says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from pages._row import name_of, row_of
from wangge.community import Community
from wangge.text import Text

PLACES: Final = ("grid", "compound", "building")
PICKABLE: Final = ("alleys", "streetlights", "hazards", "stations", "facilities", "shops")
_KIND: Final = {
    "grid": Text("网格", "grid"),
    "compound": Text("小区", "compound"),
    "building": Text("楼栋", "building"),
}
_TABLE: Final = {"grid": "grids", "compound": "compounds", "building": "buildings"}
_SEPARATOR: Final = "."
_LONGEST: Final = 40  # of a wrong id that is shown back


@dataclass(frozen=True, slots=True)
class State:
    """A place (down to a building), a thing picked there, and the layers shown.

    A building implies its compound, a compound its grid.  ``layers`` None is the map's own choice.
    """

    grid: str = ""
    compound: str = ""
    building: str = ""
    layer: str = ""
    thing: str = ""
    layers: tuple[str, ...] | None = None

    @property
    def selected(self) -> tuple[str, str]:
        """The (layer, id) outlined on the map; two empty words for the whole community."""
        if self.thing:
            return self.layer, self.thing
        return self.place

    @property
    def place(self) -> tuple[str, str]:
        """The (layer, id) of the smallest place; two empty words for the whole community."""
        for name in reversed(PLACES):
            if held := getattr(self, name):
                return _TABLE[name], held
        return "", ""

    def go(self, community: Community, layer: str, feature: str) -> State:
        """Return the state after picking `feature` of `layer`; nothing there leaves it as it is."""
        if layer in PICKABLE and feature in getattr(community, layer).index:
            return replace(self, layer=layer, thing=feature)
        for name, table in _TABLE.items():
            if table == layer and feature in getattr(community, table).index:
                return _within(community, State(layers=self.layers), name, feature)
        return self

    def up(self) -> State:
        """Return the state one step out: thing, building, compound, grid, community."""
        if self.thing:
            return replace(self, layer="", thing="")
        for at, name in reversed([*enumerate(PLACES)]):
            if getattr(self, name):
                return self.upto(PLACES[at - 1] if at else "community")
        return self

    def upto(self, level: str) -> State:
        """Return the state at `level` (``community`` or one of `PLACES`) of the same path."""
        kept = PLACES[: PLACES.index(level) + 1] if level in PLACES else ()
        return State(**{name: getattr(self, name) for name in kept}, layers=self.layers)

    def params(self) -> dict[str, str]:
        """Return the query parameters that read back to this state."""
        found = {name: getattr(self, name) for name in PLACES if getattr(self, name)}
        if self.thing:
            found["pick"] = f"{self.layer}/{self.thing}"
        if self.layers is not None:
            found["layers"] = _SEPARATOR.join(self.layers)
        return found


def from_params(
    params: Mapping[str, str], community: Community, layers: Collection[str]
) -> tuple[State, tuple[Text, ...]]:
    """Read a state from query parameters.

    Parameters
    ----------
    params
        Query parameters; unknown ones are none of our business.
    community
        Where the ids must exist.
    layers
        Ids of the layers that can be switched.

    Returns
    -------
    tuple
        The state, and one sentence for each part that could not be followed.
    """
    state, notices = State(), []
    for name in PLACES:
        given = params.get(name, "")
        if not given:
            continue
        if given in getattr(community, _TABLE[name]).index:
            state = _within(community, state, name, given)
        else:
            notices.append(_missing(name, given, community, state))
    if given := params.get("pick", ""):
        layer, _, thing = given.partition("/")
        if layer in PICKABLE and thing in getattr(community, layer).index:
            state = replace(state, layer=layer, thing=thing)
        else:
            notices.append(
                Text("地图上没有 {it}。", "There is no {it} on the map.").fill(it=_short(given))
            )
    if "layers" in params:
        asked = [name for name in params["layers"].split(_SEPARATOR) if name]
        known = tuple(name for name in layers if name in asked)
        if known or not asked:  # a list that names no layer at all is a mistake, not a wish
            state = replace(state, layers=known)
        notices += [
            Text("没有名为 {it} 的图层，已略去。", "There is no layer {it}; it was left out.").fill(
                it=_short(name)
            )
            for name in asked
            if name not in layers
        ]
    return state, tuple(notices)


def _within(community: Community, state: State, name: str, feature: str) -> State:
    """Return `state` at `feature`, with the larger places that hold it."""
    if name == "grid":
        return replace(state, grid=feature, compound="", building="")
    if name == "compound":
        grid = _of(community, "compounds", feature, "grid_id")
        return replace(state, grid=grid, compound=feature, building="")
    compound = _of(community, "buildings", feature, "compound_id")
    grid = _of(community, "compounds", compound, "grid_id") if compound else ""
    return replace(state, grid=grid, compound=compound, building=feature)


def _of(community: Community, table: str, feature: str, column: str) -> str:
    frame = getattr(community, table)
    value = row_of(frame, feature)[column] if feature in frame.index else ""
    return value if isinstance(value, str) else ""


def _missing(name: str, given: str, community: Community, state: State) -> Text:
    table, held = state.place
    instead = (
        Text("{it}", "{it}").fill(it=name_of(getattr(community, table), held))
        if table
        else Text("整个社区", "the whole community")
    )
    return Text(
        "没有编号为 {it} 的{kind}，已显示{instead}。",
        "There is no {kind} {it}; {instead} is shown.",
    ).fill(it=_short(given), kind=_KIND[name], instead=instead)


def _short(given: str) -> str:
    return given if len(given) <= _LONGEST else given[:_LONGEST] + "…"
