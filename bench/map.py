"""How fast the live map answers, against st_folium with the same layers in the same run."""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Frame, Page, ViewportSize, WebSocket, sync_playwright
from shapely import unary_union
from shapely.geometry import shape

from bench._server import serving

TIMES: Final = 20
ROOT: Final = Path(__file__).parents[1]
GEO: Final = ROOT / "data" / "geo"
STREAMLITS: Final = re.compile(r"/static/|/_stcore/|^(blob|data):")
APP: Final = Path(__file__).with_name("_map_app.py")
COMMAND: Final = (sys.executable, "-m", "streamlit", "run", str(APP), "--server.port", "{port}")
MAP: Final = '[data-testid="map"]'
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Answers with the time when a condition first holds, looked at in every animation frame.
WAIT: Final = """(text) => new Promise((done) => {
    const holds = new Function(`return ${text}`);
    const look = () => (holds() ? done(performance.timeOrigin + performance.now())
                                : requestAnimationFrame(look));
    look();
})"""
STAMP: Final = """() => addEventListener("pointerdown", () => {
    globalThis.began = performance.timeOrigin + performance.now();
}, {capture: true, once: true})"""
# Looks from now on, so that the driver's own delays are in no figure; `seen` is awaited later.
LOOK: Final = f"(text) => {{ globalThis.seen = ({WAIT})(text); }}"
FIND: Final = """() => {
    const walk = (root) => {
        const hit = root.querySelector('[data-testid="map"]');
        if (hit) return hit;
        for (const one of root.querySelectorAll("*")) {
            const inside = one.shadowRoot && walk(one.shadowRoot);
            if (inside) return inside;
        }
        return null;
    };
    globalThis.benchMap = walk(document);
}"""


def places() -> list[tuple[str, float, float]]:
    """Return id, longitude and latitude of a quiet spot in each of many compounds."""

    def features(table: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((GEO / f"{table}.geojson").read_text("utf-8"))[
            "features"
        ]
        return found

    busy = unary_union(
        [shape(f["geometry"]) for t in ("hazards", "stations", "alleys") for f in features(t)]
    )
    spots = [
        (str(f["id"]), shape(f["geometry"]).representative_point()) for f in features("compounds")
    ]
    spots.sort(key=lambda spot: -spot[1].distance(busy))
    return [(key, at.x, at.y) for key, at in spots[: TIMES + 1]]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser of the machine."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def timed(where: Page | Frame, act: Callable[[], None], holds: str) -> float:
    """Return the milliseconds from the press in `act` until `holds` is true in `where`."""
    where.evaluate(STAMP)
    where.evaluate(LOOK, holds)
    act()
    return float(where.evaluate("seen")) - float(where.evaluate("globalThis.began"))


def switch(page: Page, button: str, where: Page | Frame, holds: str) -> float:
    """Return the milliseconds from a press on `button` until `holds` in `where`."""
    page.evaluate(STAMP)
    where.evaluate(LOOK, holds)
    box = page.locator(button).bounding_box() or {"x": 0.0, "y": 0.0, "width": 0.0, "height": 0.0}
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    return float(where.evaluate("seen")) - float(page.evaluate("globalThis.began"))


def pixel(page: Page, longitude: float, latitude: float) -> tuple[float, float]:
    """Return where on the screen a place is on our map, from the view the map tells."""
    view = page.get_attribute(MAP, "data-view") or ""
    north, east, zoom = (float(part) for part in view.split(","))
    box = page.locator(".wg-canvas").bounding_box()
    if box is None:
        msg = "The map is not on the screen."
        raise RuntimeError(msg)

    def world(x: float, y: float) -> tuple[float, float]:
        sine = math.sin(math.radians(y))
        size = 256 * 2**zoom
        return size * x / 360, -size * math.log((1 + sine) / (1 - sine)) / (4 * math.pi)

    (x, y), (x0, y0) = world(longitude, latitude), world(east, north)
    return box["x"] + box["width"] / 2 + x - x0, box["y"] + box["height"] / 2 + y - y0


def ours(page: Page, base: str) -> dict[str, float]:
    """Measure the live map on the plain page."""
    traffic: list[int] = []
    page.on("websocket", lambda socket: listen(socket, traffic))
    page.goto(base)
    page.wait_for_selector(f'{MAP}[data-painted="true"]')
    page.wait_for_timeout(1500)
    page.evaluate(FIND)
    spots = places()
    made, before = page.get_attribute(MAP, "data-made"), sum(traffic)
    shown, answered = [], []
    for key, x, y in spots[:TIMES]:
        spot = pixel(page, x, y)
        holds = f"benchMap.dataset.selected === 'compounds/{key}'"
        shown.append(timed(page, partial(page.mouse.click, *spot), holds))
        said = f"document.body.innerText.includes(\"id='{key}'\")"
        answered.append(page.evaluate(WAIT, said) - page.evaluate("globalThis.began"))
        page.wait_for_timeout(300)
    bytes_a_click = (sum(traffic) - before) / TIMES
    created = int(page.get_attribute(MAP, "data-made") or 0) - int(made or 0)
    off = "!('hazards' in JSON.parse(benchMap.dataset.drawn))"
    toggled, followed = [], []
    for holds, on in ((off, "on=;"), (f"!({off})", "on=hazards;")) * (TIMES // 2):
        toggled.append(switch(page, '.wg-pills [data-layer="hazards"]', page, holds))
        said = f"document.body.innerText.includes('{on}')"
        followed.append(page.evaluate(WAIT, said) - page.evaluate("globalThis.began"))
        page.wait_for_timeout(500)
    return {
        "click_to_repaint": statistics.median(shown),
        "click_to_answer": statistics.median(answered),
        "toggle_to_repaint": statistics.median(toggled),
        "toggle_to_answer": statistics.median(followed),
        "bytes": bytes_a_click,
        "created": created,
    }


def theirs(page: Page, base: str) -> dict[str, float]:
    """Measure st_folium on the same page with the same layers."""
    traffic: list[int] = []
    page.on("websocket", lambda socket: listen(socket, traffic))
    page.goto(f"{base}/?way=folium")
    page.wait_for_selector("iframe")
    holder = page.query_selector("iframe")
    frame = holder.content_frame() if holder else None
    if holder is None or frame is None:
        msg = "st_folium made no frame."
        raise RuntimeError(msg)
    paths = "document.querySelectorAll('path.leaflet-interactive').length"
    frame.evaluate(WAIT, f"{paths} > 500")
    page.wait_for_timeout(2500)
    shown, before = [], sum(traffic)
    for key, x, y in places()[:TIMES]:
        box = holder.bounding_box() or {"x": 0.0, "y": 0.0}
        at = frame.evaluate("([y, x]) => window.map.latLngToContainerPoint([y, x])", [y, x])
        spot = (box["x"] + at["x"], box["y"] + at["y"])
        holds = f"document.querySelector('path.selected-{key}') !== null"
        shown.append(timed(frame, partial(page.mouse.click, *spot), holds))
        page.wait_for_timeout(700)
    bytes_a_click = (sum(traffic) - before) / TIMES
    full = int(frame.evaluate(paths))
    states = (f"{paths} < {full}", f"{paths} >= {full}")
    toggled = []
    for holds in states * (TIMES // 2):
        toggled.append(switch(page, '[data-testid="stCheckbox"] label', frame, holds))
        page.wait_for_timeout(500)
    return {
        "click_to_repaint": statistics.median(shown),
        "toggle_to_repaint": statistics.median(toggled),
        "bytes": bytes_a_click,
    }


def listen(socket: WebSocket, traffic: list[int]) -> None:
    """Add the size of every frame of `socket`, either way, to `traffic`."""
    socket.on("framesent", lambda payload: traffic.append(len(payload)))
    socket.on("framereceived", lambda payload: traffic.append(len(payload)))


def first_load(browser: Browser, base: str) -> dict[str, float]:
    """Measure a first visit of the overview in bytes, and later visits in milliseconds."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    traffic: list[int] = []
    addresses: dict[str, str] = {}
    sizes: list[float] = []

    def told(event: dict[str, Any]) -> None:
        addresses[event["requestId"]] = event["response"]["url"]

    def done(event: dict[str, Any]) -> None:
        if not STREAMLITS.search(addresses.get(event["requestId"], "/static/")):
            sizes.append(event["encodedDataLength"])

    network.on("Network.responseReceived", told)
    network.on("Network.loadingFinished", done)
    page.on("websocket", lambda socket: listen(socket, traffic))
    page.goto(base)
    page.wait_for_selector(f'{MAP}[data-painted="true"]')
    page.wait_for_timeout(3000)
    total = sum(sizes) + sum(traffic)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        page.reload(wait_until="commit")
        page.wait_for_selector(f'{MAP}[data-painted="true"]')
        seconds.append(time.perf_counter() - began)
        page.wait_for_timeout(1000)
    context.close()
    return {"bytes": total, "paint": 1000 * statistics.median(seconds)}


def main() -> None:
    """Measure and print."""
    with chromium() as browser:
        with serving(COMMAND, PYTHONPATH=str(ROOT)) as (base, _):
            screen = ViewportSize(width=1400, height=1080)
            mine = ours(browser.new_page(viewport=screen), base)
            other = theirs(browser.new_page(viewport=screen), base)
        with serving() as (base, _):
            first = first_load(browser, base)
    for name in ("click_to_repaint", "toggle_to_repaint"):
        print(f"map_{name}: {mine[name]:.0f} ms")
        print(f"st_folium_{name}: {other[name]:.0f} ms")
        print(f"map_{name}_share_of_st_folium: {mine[name] / other[name]:.3f} ratio")
    print(f"map_click_to_answer: {mine['click_to_answer']:.0f} ms")
    print(f"map_toggle_to_answer: {mine['toggle_to_answer']:.0f} ms")
    print(f"map_websocket_per_click: {mine['bytes'] / 1000:.1f} kB")
    print(f"st_folium_websocket_per_click: {other['bytes'] / 1000:.1f} kB")
    print(f"map_features_recreated_by_selections: {mine['created']:.0f} features")
    print(f"overview_first_load_without_streamlit: {first['bytes'] / 1e6:.2f} MB")
    print(f"overview_first_paint_warm: {first['paint']:.0f} ms")


if __name__ == "__main__":
    main()
