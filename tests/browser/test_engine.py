"""The drawing engine alone, in a real Chromium: what it draws, keeps, finds and leaves out."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from layers._tokens import FONTS, TOKENS

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CENTER = [36.19, 113.11]
METRE = 1 / 111_200  # degrees of latitude, about
Json = dict[str, Any]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def files() -> Iterator[str]:
    """Serve the repository as plain files; the engine needs no application."""
    handler = functools.partial(Quiet, directory=str(ROOT))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture
def begin(page: Page, files: str) -> Callable[..., Page]:
    """Return a function that starts the engine with layers, at a zoom, on an 800 x 600 screen."""

    def start(layers: list[Json], zoom: float = 17.25, **how: object) -> Page:
        page.set_viewport_size({"width": 800, "height": 600})
        page.goto(f"{files}/tests/browser/harness/engine.html")
        page.wait_for_function("() => globalThis.start")
        sheet = {
            "tokens": {mode: dict(tokens) for mode, tokens in TOKENS.items()},
            "fonts": FONTS,
            "layers": [{k: v for k, v in one.items() if k != "features"} for one in layers],
        }
        bodies = {one["id"]: {"features": one["features"]} for one in layers}
        view = {"center": CENTER, "zoom": zoom}
        page.evaluate(
            "given => start(given)", {"sheet": sheet, "bodies": bodies, "view": view, **how}
        )
        return page

    return start


def layer(name: str, style: Json, features: list[Json], **more: object) -> Json:
    classes = [{"key": "one", "label": "一", "legend": True, "style": style}]
    return {"id": name, "classes": classes, "marks": [], "features": features, **more}


def at(east: float, north: float) -> list[float]:
    """Longitude and latitude of a place in metres from the centre."""
    return [CENTER[1] + east * METRE / 0.807, CENTER[0] + north * METRE]


def feature(name: str, kind: str, coordinates: object, /, **properties: object) -> Json:
    geometry = {"type": kind, "coordinates": coordinates}
    return {"id": name, "geometry": geometry, "properties": {"class": "one", **properties}}


def square(name: str, half: float, /, **properties: object) -> Json:
    corners = [(-half, -half), (half, -half), (half, half), (-half, half), (-half, -half)]
    return feature(name, "Polygon", [[at(*corner) for corner in corners]], **properties)


def symbol(shape: str = "circle", size: float = 8, **more: object) -> Json:
    parts = {"shape": shape, "size": size, "fill": "major", "edge": "", "edge_width": 1}
    return {"symbol": parts | {"casing": 0, "far": 1, "near": 1, "movable": False} | more}


def label(place: str = "inside", **more: object) -> Json:
    parts = {"column": "name", "size": 12, "color": "m_label", "bold": False, "place": place}
    rest = {"halo": "halo", "halo_width": 3, "band": "far", "priority": 0, "spacing": 0}
    return {"label": parts | rest | {"keep": False} | more}


def pixel(page: Page, east: float, north: float, canvas: int = 0) -> list[int]:
    """Colour of the drawing at a place: red, green, blue, opacity."""
    longitude, latitude = at(east, north)
    found: list[int] = page.evaluate(
        """([latitude, longitude, number]) => {
          const { stage } = drawing;
          const point = drawing.pointOf([latitude, longitude]);
          const corner = map.layerPointToContainerPoint(stage.corner);
          const [x, y] = [point.x - corner.x, point.y - corner.y].map((one) =>
            Math.round(one * stage.frame.ratio));
          return [...stage.canvases[number].getContext("2d").getImageData(x, y, 1, 1).data];
        }""",
        [latitude, longitude, canvas],
    )
    return found


def rgb(token: str, mode: str = "light") -> list[int]:
    code = dict(TOKENS)[mode][token]  # type: ignore[index]  # a plain word in a test
    return [int(code[at : at + 2], 16) for at in (1, 3, 5)] + [255]


def hit(page: Page, east: float, north: float) -> list[str] | None:
    longitude, latitude = at(east, north)
    found: list[str] | None = page.evaluate(
        """at => {
          const found = drawing.hit(drawing.pointOf(at));
          return found && [found.layer, found.id];
        }""",
        [latitude, longitude],
    )
    return found


def test_area_is_filled_with_its_token_and_its_hole_is_not(begin: Callable[..., Page]) -> None:
    ring = square("A", 60)["geometry"]["coordinates"]
    hole = square("A", 20)["geometry"]["coordinates"]
    page = begin([layer("yard", {"fill": {"color": "gap", "opacity": 1}},
                        [feature("A", "Polygon", ring + hole)])])  # fmt: skip
    assert pixel(page, 40, 0) == rgb("gap")
    assert pixel(page, 0, 0)[3] == 0
    page.evaluate("() => { drawing.setTheme('dark'); drawing.flush(); }")
    assert pixel(page, 40, 0) == rgb("gap", "dark")


def test_a_symbol_carries_the_number_of_its_feature(begin: Callable[..., Page]) -> None:
    style = symbol(size=20, fill="gap", text_color="major", text="", text_column="number")
    stops = [
        feature("A", "Point", at(0, 0), number="1"),
        feature("B", "Point", at(60, 0)),  # no stop of the round: a plain symbol
    ]
    page = begin([layer("stops", style, stops)])
    column = [pixel(page, 0, north / 2, 2) for north in range(-8, 9)]
    assert rgb("major") in column
    bare = [pixel(page, 60, north / 2, 2) for north in range(-8, 9)]
    assert set(map(tuple, bare)) == {tuple(rgb("gap"))}


def test_a_real_width_is_drawn_in_metres_and_never_under_the_least(
    begin: Callable[..., Page],
) -> None:
    stroke = {"color": "text", "width": 2, "dash": [], "opacity": 1, "casing": "gap"}
    stroke |= {"casing_width": 2, "width_column": "wide", "round_": False}
    line = feature("A", "LineString", [at(-100, 0), at(100, 0)], wide=20)
    page = begin([layer("road", {"strokes": [stroke]}, [line])])
    assert pixel(page, 0, 8.5) == rgb("text")
    assert pixel(page, 0, 12.5)[3] == 0
    page.evaluate("() => map.setZoom(13, { animate: false })")
    assert pixel(page, 0, 0) == rgb("text")


def test_a_selection_makes_nothing_and_leaves_the_ground_alone(begin: Callable[..., Page]) -> None:
    yard = layer("yard", {"fill": {"color": "m_parcel", "opacity": 1}}, [square("A", 60)])
    page = begin([yard])
    before = page.evaluate("() => drawing.made")
    page.evaluate(
        """() => {
          globalThis.grounds = 0;
          const context = drawing.stage.context.bind(drawing.stage);
          drawing.stage.context = (number) => { grounds += number === 0; return context(number); };
          drawing.setSelected(["yard", "A"]);
          drawing.flush();
        }"""
    )
    assert page.evaluate("() => [drawing.made, grounds]") == [before, 0]
    assert pixel(page, 60, 0, canvas=1) == rgb("accent")
    page.evaluate("() => { drawing.setSelected(null); drawing.flush(); }")
    assert pixel(page, 60, 0, canvas=1)[3] == 0


def test_only_what_changed_is_made_again(begin: Callable[..., Page]) -> None:
    places = [feature(f"P{n}", "Point", at(n * 30, 0)) for n in range(4)]
    page = begin([layer("lamps", symbol(), places)])
    assert page.evaluate("() => [drawing.made, drawing.drawn().lamps]") == [4, 4]
    moved = [*places[1:], feature("P9", "Point", at(0, 50))]
    page.evaluate(
        "given => { drawing.setLayer('lamps', 'second', given); drawing.flush(); }", moved
    )
    assert page.evaluate("() => [drawing.made, drawing.drawn().lamps]") == [5, 4]
    page.evaluate("() => { drawing.setShown([]); drawing.setShown(['lamps']); drawing.flush(); }")
    assert page.evaluate("() => drawing.made") == 5


def test_points_off_and_on_again_leave_the_ground_alone_and_every_pixel_as_it_was(
    begin: Callable[..., Page],
) -> None:
    yards = [square("A", 60, name="家属大院")]
    points = [feature(f"P{n}", "Point", at(n * 9 - 20, 3 * n), name="灯") for n in range(6)]
    style = symbol("diamond", 9, casing=1.7, movable=True) | label("beside", priority=9)
    fill = {"fill": {"color": "m_parcel", "opacity": 1}} | label(keep=True)
    page = begin([layer("yard", fill, yards), layer("lamps", style, points)])
    page.evaluate(
        """() => {
          globalThis.grounds = 0;
          const paint = drawing.ground.paint.bind(drawing.ground);
          drawing.ground.paint = (...all) => { grounds += 1; paint(...all); };
          globalThis.show = (ids) => { drawing.setShown(ids); drawing.flush(); };
        }"""
    )
    for move in ([0, 0], [37, -21]):
        page.evaluate("by => map.panBy(by, { animate: false })", move)
        with_lamps = page.screenshot()
        page.evaluate("show(['yard'])")
        assert page.screenshot() != with_lamps
        page.evaluate("show(['yard', 'lamps'])")
        assert page.screenshot() == with_lamps
    assert page.evaluate("grounds") == 0
    page.evaluate("show(['lamps'])")
    assert page.evaluate("grounds") == 1  # an area is on the ground


def test_the_ground_under_what_changed_is_painted_once(begin: Callable[..., Page]) -> None:
    stroke = {"color": "gap", "width": 4, "dash": [9, 4], "opacity": 1, "casing": "halo"}
    stroke |= {"casing_width": 7, "width_column": "", "round_": False}
    line = feature("L", "LineString", [at(-90, 0), at(90, 20)])
    other = feature("M", "LineString", [at(-90, 40), at(90, -20)])
    base = layer("yard", {"fill": {"color": "m_bld", "opacity": 0.5}}, [square("A", 60)])
    page = begin([base, layer("ways", {"strokes": [stroke]}, [line])])
    first = page.screenshot()
    page.evaluate(
        """() => {
          globalThis.filled = 0;
          const fill = CanvasRenderingContext2D.prototype.fill;
          CanvasRenderingContext2D.prototype.fill = function (...all) {
            filled += 1;
            return fill.apply(this, all);
          };
          globalThis.change = (digest, features) => {
            drawing.setLayer('ways', digest, features);
            drawing.flush();
          };
        }"""
    )
    page.evaluate("given => change('second', given)", [line, other])
    assert page.screenshot() != first
    assert page.evaluate("filled") == 1
    page.evaluate("given => change('first ways', given)", [line])
    assert page.screenshot() == first
    assert page.evaluate("filled") == 1  # the yard under it was kept
    page.evaluate("() => { drawing.setTheme('dark'); drawing.flush(); }")
    assert page.evaluate("filled") == 2  # another view of it


def test_symbols_are_found_before_lines_and_lines_before_areas(begin: Callable[..., Page]) -> None:
    stroke = {"color": "gap", "width": 4, "dash": [], "opacity": 1, "casing": ""}
    stroke |= {"casing_width": 0, "width_column": "", "round_": False}
    line = feature("L", "LineString", [at(-90, 0), at(90, 0)])
    page = begin(
        [
            layer("points", symbol(), [feature("P", "Point", at(0, 0))]),
            layer("ways", {"strokes": [stroke]}, [line]),
            layer("yard", {"fill": {"color": "gap", "opacity": 1}}, [square("A", 60)]),
            layer("base", {"fill": {"color": "gap", "opacity": 0}}, [square("B", 150)], base=True),
        ]
    )
    assert hit(page, 3, 3) == ["points", "P"]
    assert hit(page, 30, 3) == ["ways", "L"]
    assert hit(page, 30, 30) == ["yard", "A"]
    assert hit(page, 100, 100) is None  # the base map answers no click
    beyond = page.evaluate(
        "at => drawing.hit(drawing.pointOf(at), { accept: (one) => one === 'yard' }).layer", CENTER
    )
    assert beyond == "yard"


def test_symbols_part_at_most_twelve_pixels_and_crowds_are_stacked(
    begin: Callable[..., Page],
) -> None:
    pair = [feature("A", "Point", at(0, 0)), feature("B", "Point", at(3, 0))]
    crowd = [feature(f"C{n}", "Point", at(150 + n, 100)) for n in range(7)]
    page = begin([layer("hazards", symbol("square", 7, movable=True), pair + crowd)])
    spots = page.evaluate(
        """() => drawing.last.spots.map((one) =>
          ({ id: one.record.id, x: one.x + one.dx, moved: Math.hypot(one.dx, one.dy),
             reach: one.reach, members: one.members?.length ?? 0 }))"""
    )
    one, other, *rest = sorted(spots, key=lambda spot: spot["members"])
    assert abs(one["x"] - other["x"]) >= 0.9 * (one["reach"] + other["reach"])
    assert max(spot["moved"] for spot in spots) <= 12.01
    assert [spot["members"] for spot in rest] == [7]
    assert hit(page, 153, 100) == ["hazards", "C0"]


def test_no_label_covers_a_symbol_or_another_label(begin: Callable[..., Page]) -> None:
    yards = []
    for row in range(-2, 3):
        for column in range(-3, 4):
            ring = [(-28, -20), (28, -20), (28, 20), (-28, 20), (-28, -20)]
            place = [at(60 * column + x, 44 * row + y) for x, y in ring]
            yards.append(feature(f"Y{row}{column}", "Polygon", [place], name="家属大院"))
    points = [feature(f"P{n}", "Point", at(60 * n - 120, 0)) for n in range(5)]
    page = begin([layer("yards", label(), yards), layer("points", symbol(size=9), points)])
    boxes = page.evaluate("() => drawing.last.labels.map(({ box }) => box)")
    spots = page.evaluate(
        """() => drawing.last.spots.map(({ x, y, reach: r }) => [x - r, y - r, x + r, y + r])"""
    )
    assert len(boxes) == len(yards)  # those with a symbol in the middle moved aside
    everything = boxes + spots
    for n, one in enumerate(boxes):
        for other in everything[n + 1 :]:
            apart = (
                one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            )
            assert apart, (one, other)


def test_labels_stay_where_they_are_while_the_map_is_panned(begin: Callable[..., Page]) -> None:
    page = begin([layer("yard", label(), [square("A", 60, name="供销小区")])])
    ask = "() => drawing.last.labels.map(({ x, y }) => [x, y])"
    before = page.evaluate(ask)
    page.evaluate("() => map.panBy([700, 30], { animate: false })")
    page.evaluate("() => map.panBy([-300, 30], { animate: false })")
    assert len(before) == 1
    assert page.evaluate(ask) == before


def test_a_kept_name_is_written_where_others_are_dropped(begin: Callable[..., Page]) -> None:
    small = [square("A", 6, name="一个很长很长的名字")]
    assert begin([layer("yard", label(), small)]).evaluate("() => drawing.last.labels.length") == 0
    kept = begin([layer("yard", label(keep=True), small)])
    assert kept.evaluate("() => drawing.last.labels.length") == 1


def test_letters_on_a_steep_street_stand_upright_and_read_downwards(
    begin: Callable[..., Page],
) -> None:
    street = feature("A", "LineString", [at(5, -150), at(-5, 150)], name="新建路")
    page = begin([layer("streets", label("line", spacing=0.9), [street])])
    glyphs = page.evaluate(
        "() => drawing.last.labels[0].glyphs.map(({ text, y, angle }) => [text, y, angle])"
    )
    assert [text for text, _, _ in glyphs] == list("新建路")
    assert [y for _, y, _ in glyphs] == sorted(y for _, y, _ in glyphs)
    assert {angle for _, _, angle in glyphs} == {0}


def test_a_grid_is_a_number_from_far_and_on_the_wall(begin: Callable[..., Page]) -> None:
    grids = [layer("grids", label("pill", form="网格 {}"), [square("G5", 200, name="5")])]
    ask = "() => drawing.last.labels[0].lines[0]"
    assert begin(grids).evaluate(ask) == "网格 5"
    assert begin(grids, zoom=16).evaluate(ask) == "5"
    assert begin(grids, scale=1.7).evaluate(ask) == "5"


def test_the_wall_names_only_what_is_kept_and_what_burns(begin: Callable[..., Page]) -> None:
    def yard(name: str, east: float, /) -> Json:
        ring = [(-60, -60), (60, -60), (60, 60), (-60, 60), (-60, -60)]
        place = [at(east + x, y) for x, y in ring]
        return feature(name, "Polygon", [place], name=name)

    yards = layer("yards", label(priority=1), [yard("静", -80), yard("急", 80)])
    major = symbol("triangle", 9, movable=True)
    burning = layer("hazards", major, [feature("Z", "Point", at(80, 0))])
    ask = "() => drawing.last.labels.map(({ lines }) => lines[0])"
    assert sorted(begin([yards, burning]).evaluate(ask)) == sorted(["静", "急"])
    assert begin([yards, burning], scale=1.7).evaluate(ask) == ["急"]


def test_a_burning_name_never_stands_nearer_to_another_fire_than_to_its_own(
    begin: Callable[..., Page],
) -> None:
    # A yard whose fire is at its northern wall, crowded by stations, and another fire to its south.
    ring = [(-25, 10), (25, 10), (25, 60), (-25, 60), (-25, 10)]
    yards = [feature("Y", "Polygon", [[at(x, y) for x, y in ring]], name="北大院小区")]
    crowd = [feature(f"{x}", "Point", at(x, y)) for x, y in [(-33, 52), (4, 42)]]
    fires = [feature("own", "Point", at(4, 54)), feature("other", "Point", at(9, -7))]
    major = symbol("triangle", 9, movable=True)
    layers = [layer("yards", label(priority=1), yards), layer("stations", symbol(size=10), crowd)]
    page = begin([*layers, layer("hazards", major, fires)], scale=1.7)
    own, other = page.evaluate(
        """() => {
          const { spots, labels: [{ box }] } = drawing.last;
          const gap = (at, from, to) => Math.max(from - at, 0, at - to);
          const apart = ({ x, y, dx, dy }) =>
            Math.hypot(gap(x + dx, box[0], box[2]), gap(y + dy, box[1], box[3]));
          return ["own", "other"].map((id) => apart(spots.find(({ record }) => record.id === id)));
        }"""
    )
    assert own < other


def test_a_grid_is_met_by_its_framed_name_before_the_alley_under_it(
    begin: Callable[..., Page],
) -> None:
    grids = layer("grids", label("pill", form="网格 {}"), [square("G5", 200, name="5")])
    street = feature("A", "LineString", [at(-150, 0), at(150, 0)])
    stroke = {"strokes": [{"color": "gap", "width": 4, "opacity": 1, "dash": []}]}
    page = begin([grids, layer("alleys", stroke, [street])])
    box = page.evaluate("() => drawing.last.labels.find(({ pill }) => pill).box")
    ask = """([x, y]) => { const point = map.layerPointToContainerPoint(
        L.point(x, y).subtract(map.getPixelOrigin())); const found = drawing.hit(point);
        return [found.layer, found.by]; }"""
    middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
    assert page.evaluate(ask, middle) == ["grids", "name"]
    assert page.evaluate(ask, [box[2] + 30, middle[1]]) == ["alleys", "line"]


def test_what_is_out_of_its_band_is_neither_drawn_nor_counted(begin: Callable[..., Page]) -> None:
    style = symbol() | {"band": "near"}
    points = [layer("lamps", style, [feature("A", "Point", at(0, 0))])]
    assert begin(points).evaluate("() => drawing.drawn()") == {"lamps": 0}
    assert begin(points, zoom=18).evaluate("() => drawing.drawn()") == {"lamps": 1}


def test_a_hidden_map_is_painted_when_it_gets_its_size(begin: Callable[..., Page]) -> None:
    page = begin([layer("yard", {"fill": {"color": "gap", "opacity": 1}}, [square("A", 60)])])
    page.evaluate(
        """() => {
          map.getContainer().style.display = 'none';
          map.invalidateSize();
          drawing.setTheme('dark');
          drawing.flush();
          map.getContainer().style.display = '';
          map.invalidateSize();
        }"""
    )
    page.wait_for_timeout(50)
    assert pixel(page, 0, 0) == rgb("gap", "dark")


def test_hostile_names_are_only_letters(begin: Callable[..., Page]) -> None:
    name = "<img src=x onerror=alert(1)>${7*7}{{7*7}}"
    page = begin([layer("yard", label(keep=True), [square("A", 60, name=name)])])
    assert page.evaluate("() => drawing.last.labels[0].lines.join(' ')") == name
    assert page.locator("img").count() == 0
