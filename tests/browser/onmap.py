"""Where a place is on a map that is open in a browser."""

from __future__ import annotations

import math

MAP = '[data-testid="map"]'


def pixel(page, lon, lat):
    north, east, zoom = (float(part) for part in page.get_attribute(MAP, "data-view").split(","))
    box = page.locator(".wg-canvas").bounding_box()

    def world(x, y):
        sine = math.sin(math.radians(y))
        size = 256 * 2**zoom
        return size * x / 360, -size * math.log((1 + sine) / (1 - sine)) / (4 * math.pi)

    (x, y), (x0, y0) = world(lon, lat), world(east, north)
    return box["x"] + box["width"] / 2 + x - x0, box["y"] + box["height"] / 2 + y - y0
