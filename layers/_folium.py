"""Composes layers into a folium map, and reads such a map back; the only module that imports it.

`compose` makes one `folium.Map`.  It leaves by two doors: `describe` turns it into what the live
map draws, `export_html` into one file that opens without a network.  Both carry the same bodies
and are drawn by the same engine, so they cannot look different.

A resident's text never reaches a folium template.  branca 0.8.2 compiles what it has rendered as
a second Jinja template, so ``{{ }}`` in any name, property or popup runs as Python on the server;
`literal` leaves no brace inside a string.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from layers._body import Body, Bounds, of_features
from layers._bundle import PAGE_STYLE, engine, entities, leaflet, literal, sealed
from layers._layer import Layer
from layers._sheet import sheet_of
from layers._tokens import Mode
from layers._words import WORDS
from wangge.community import Community
from wangge.domain.crs import SHOWN
from wangge.text import Lang

MAX_ZOOM: Final = 21
_ALL: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
_NONE: Final[Mapping[str, Community]] = MappingProxyType({})


class LayerMap(folium.Map):
    """A map that links to no other host: whoever renders it brings the scripts."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  # as folium declares them
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = Template("{% macro script(this, kwargs) %}const bodies = {};{% endmacro %}")

    def __init__(self, sheet: Body, today: date) -> None:
        super().__init__(tiles=None, prefer_canvas=True, zoom_control=False)
        self.options["max_zoom"] = MAX_ZOOM  # the argument of that name reaches tiles only
        self.sheet, self.today = sheet, today


def _data_only(element: MacroElement, **kwargs: object) -> str:
    MacroElement.render(element, **kwargs)  # type: ignore[no-untyped-call]  # branca is not typed
    return ""  # branca reads what was added to the figure


class Features(folium.GeoJson):
    """A layer's features, written into the file as data; the engine draws them."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "bodies[{{ this.digest }}] = {{ this.features }};"
        "{% endmacro %}"
    )

    def __init__(self, body: Body) -> None:
        super().__init__(body.collection)
        self.digest = literal(body.digest)

    @property
    def features(self) -> str:
        """The features as a script literal, written only when the map is rendered."""
        return literal(self.data)

    def render(self, **kwargs: object) -> str:
        """Write the data only; folium would add a Leaflet call that finds no map."""
        return _data_only(self, **kwargs)


class LayerGroup(folium.FeatureGroup):
    """A `FeatureGroup` that still knows which layer it draws."""

    _template = Template("{% macro script(this, kwargs) %}{% endmacro %}")

    def __init__(self, layer: Layer, body: Body, *, shown: bool) -> None:
        super().__init__(layer.id, show=shown)
        self.layer_id, self.body = layer.id, body
        Features(body).add_to(self)

    def render(self, **kwargs: object) -> str:
        """Write the data only; folium would add a Leaflet call that finds no map."""
        return _data_only(self, **kwargs)


class View(folium.FitBounds):
    """The part of the world the map opens on; the engine reads it from the head."""

    _template = Template("{% macro script(this, kwargs) %}{% endmacro %}")


class Start(MacroElement):
    """The last line of an exported file: hands everything written before it to the engine."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "wangge.start(L, {{ this.settings }}, bodies);"
        "{% endmacro %}"
    )

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca is not typed
        self.settings = literal(settings)


class Inline(Element):
    """A script or style sheet written into the page itself; its code is no template."""

    _template = Template("<{{ this.tag }}>{{ this.code }}</{{ this.tag }}>\n")

    def __init__(self, tag: str, code: str) -> None:
        super().__init__()
        self.tag, self.code = tag, code


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the live map is told (`head`), and the bodies it then asks for by digest."""

    head: dict[str, Any]
    bodies: tuple[Body, ...]


def compose(
    layers: Iterable[Layer],
    community: Community,
    lang: Lang,
    *,
    today: date,
    shown: Collection[str] | None = None,
    only: Mapping[str, Collection[str]] = _ALL,
    instead: Mapping[str, Community] = _NONE,
) -> folium.Map:
    """Return a map of `layers` in their given order, fitted to the community.

    Parameters
    ----------
    layers
        Those the role may see, in drawing order.
    community
        Cut to the role.
    lang
        Language of every word on the map.
    today
        The day it is drawn for: what is overdue, how long a compound has been unmanaged.
    shown
        Ids of the layers switched on; None for each layer's own default.
        Base layers are always on.
    only
        Ids of the features drawn, by layer; a layer that is not named draws all of its own.
    instead
        By layer id, the community a layer is drawn from in place of `community`, such as one
        that is only tried; what the other layers have made of `community` is kept.

    Examples
    --------
    >>> from layers import find_all
    >>> canvas = compose(find_all(), community, "zh", today=date(2026, 11, 23))  # doctest: +SKIP
    """
    held = tuple(layers)
    canvas = LayerMap(sheet_of(held, community, lang), today)
    drawn = [
        (layer, _body(layer, instead.get(layer.id, community), today, only.get(layer.id)))
        for layer in held
    ]
    for layer, body in drawn:
        on = layer.base or (layer.shown if shown is None else layer.id in shown)
        LayerGroup(layer, body, shown=on).add_to(canvas)
    box = _outline(community) or _union(body for layer, body in drawn if not layer.base)
    if box:
        west, south, east, north = box
        View([[south, west], [north, east]]).add_to(canvas)
    return canvas


def describe(canvas: folium.Map) -> Drawing:
    """Walk `canvas` and return what the live map draws.

    Raises
    ------
    TypeError
        If the tree holds an element the live map cannot draw, so that nothing
        is lost in silence between the two doors.
    """
    sheet = _own(canvas).sheet
    layers: list[dict[str, Any]] = []
    head = {
        "sheet": sheet.digest,
        "layers": layers,
        "bounds": None,
        "maxZoom": canvas.options["max_zoom"],
    }
    bodies: list[Body] = [sheet]
    for child in _children(canvas):
        if isinstance(child, LayerGroup):
            _refuse(_children(child), Features)
            bodies.append(child.body)
            layers.append({"id": child.layer_id, "hash": child.body.digest, "shown": child.show})
        elif isinstance(child, View):
            head["bounds"] = child.bounds
        else:
            _refuse([child])
    return Drawing(head, tuple(bodies))


def export_html(canvas: folium.Map, *, lang: Lang, theme: Mode, title: str) -> str:
    """Return `canvas` as one file that opens from a disk without a network.

    Folium renders it with every asset inside; a content security policy that names the digest
    of each script lets nothing else run.  Rendering adds to the canvas, so use it once.

    Parameters
    ----------
    canvas
        From `compose`.
    lang
        Language of the frame around the map.
    theme
        ``light`` or ``dark``; the reader of the file can switch.
    title
        Shown above the map and as the window's title.
    """
    drawing, own = describe(canvas), _own(canvas)
    figure = cast("Figure", canvas.get_root())
    figure.title = entities(title)
    for tag, code in (*leaflet(), ("style", PAGE_STYLE)):
        figure.header.add_child(Inline(tag, code))
    figure.html.add_child(Inline("header", _heading(own.today, lang, title)))
    figure.html.add_child(Inline("main", f"<noscript>{WORDS['no_script'].in_(lang)}</noscript>"))
    figure.html.add_child(Inline("script", engine()))
    settings = {"head": drawing.head, "sheet": own.sheet.collection, "theme": theme}
    Start(settings).add_to(canvas)
    return sealed(str(figure.render()), lang)


def _body(layer: Layer, community: Community, today: date, only: Collection[str] | None) -> Body:
    def make() -> Body:
        frame = layer.draw(community, today)
        held = frame if only is None else frame[frame.index.isin([*only])]
        return of_features(held, layer.sent(), still=layer.base)

    if only is not None:
        return make()
    return community.memo(("body", layer.id, layer.draw, today), make)


def _heading(today: date, lang: Lang, title: str) -> str:
    made = f"{WORDS['made_on'].in_(lang)} {today:%Y-%m-%d}"
    note = WORDS["synthetic"].in_(lang)
    return (
        f"<h1>{entities(title)}</h1><p>{made}</p><p>{note}</p>"
        f'<button type="button">{WORDS["theme_dark"].in_(lang)}</button>'
    )


def _outline(community: Community) -> Bounds | None:
    """Return the box of the community itself: the city around it does not set the view."""

    def make() -> Bounds | None:
        if community.community.empty:
            return None
        west, south, east, north = community.community.to_crs(SHOWN).total_bounds
        return float(west), float(south), float(east), float(north)

    return community.memo("outline bounds", make)


def _union(bodies: Iterable[Body]) -> Bounds | None:
    boxes = [body.bounds for body in bodies if body.bounds]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _own(canvas: folium.Map) -> LayerMap:
    if not isinstance(canvas, LayerMap):
        msg = "This map was not made by `compose`."
        raise TypeError(msg)
    return canvas


def _refuse(elements: Iterable[object], *known: type) -> None:
    for element in elements:
        if not isinstance(element, known):
            msg = f"The live map cannot draw folium's {type(element).__name__}."
            raise TypeError(msg)


def _children(parent: Element) -> list[Element]:
    return list(parent._children.values())  # noqa: SLF001  # branca has no public way to walk
