"""The city beyond the border, 300 m of it: roads going on, a stream, plain blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry

from wangge.demo import plan, shapes
from wangge.demo.net import bend_area, bend_line, bend_point, heading, smooth
from wangge.demo.outlines import outer

_FAR: Final = 330.0
_W, _H = plan.WIDTH, plan.HEIGHT
_ROADS: Final[tuple[tuple[str | None, float, tuple[tuple[float, float], ...]], ...]] = (
    ("府后街", 16, ((-_FAR, 0), (0, 0))),
    ("府后街", 16, ((_W, 0), (_W + _FAR, 0))),
    ("东环路", 16, ((_W, -_FAR), (_W, 0))),
    ("东环路", 16, ((_W, _H), (_W, _H + _FAR))),
    ("文昌街", 16, ((_W, _H), (_W + _FAR, _H))),
    ("文昌街", 16, ((125, _H), (20, _H + 0.1), (-_FAR, _H + 6))),
    ("滨河路", 14, ((0, 0), (0, -_FAR))),
    ("滨河路", 14, ((125, _H), (215, _H + 150), (290, _H + _FAR))),
    ("新建路", 10, ((246, 0), (246, -_FAR))),
    (None, 10, ((392, _H), (392, _H + _FAR))),
    (None, 10, ((560, _H), (560, _H + _FAR))),
    ("学府路", 10, ((540, 0), (540, -_FAR))),
    (None, 8, ((390, 0), (390, -_FAR))),
    (None, 8, ((110, 0), (110, -_FAR))),
    ("健康街", 10, ((0, 318), (-_FAR, 318))),
    ("新华街", 7, ((0, 150), (-_FAR, 150))),
    ("建设街", 10, ((_W, 264), (_W + _FAR, 264))),
    (None, 8, ((_W, 452), (_W + _FAR, 452))),
    (None, 8, ((_W, 118), (_W + _FAR, 118))),
    (None, 10, ((-_FAR, -150), (_W + _FAR, -150))),
    (None, 10, ((300, _H + 165), (_W + _FAR, _H + 165))),
    (None, 10, ((_W + 165, -_FAR), (_W + 165, _H + _FAR))),
    (None, 10, ((-190, -_FAR), (-190, _H + _FAR))),
)
_RIVER: Final = (
    (-70, -_FAR), (-62, -160), (-64, 0), (-52, 140), (-56, 290), (-48, 420), (0, 540),
    (66, 650), (130, 760), (190, _H + _FAR),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beyond:
    """One shape of the city outside."""

    kind: str
    shape: BaseGeometry
    name: str | None = None
    width: float | None = None


def surround(outline: Polygon, seed: int) -> list[Beyond]:
    """Draw what lies within 300 m of the community and not in it."""
    rng = np.random.default_rng([seed, 6])
    course = smooth(LineString(_RIVER))
    bank = bend_area(outer(course.buffer(30))).difference(outline)
    water = bend_area(outer(course.buffer(15))).difference(outline)
    parts = [Beyond("park", p, "滨河绿带") for p in shapely.get_parts(bank)]
    parts += [Beyond("water", p, "石子河") for p in shapely.get_parts(water)]
    lines = [(name, width, bend_line(LineString(line))) for name, width, line in _ROADS]
    parts += [Beyond("road", line, name, width) for name, width, line in lines]
    blocked = [line.buffer(width / 2 + 6) for _, width, line in lines]
    borders = outline.buffer(18)
    room = shapely.union_all([*blocked, bank, borders])
    parts += [Beyond("building", p) for p in _blocks(outline, room, rng)]
    return parts


def _blocks(outline: Polygon, room: BaseGeometry, rng: np.random.Generator) -> list[Polygon]:
    """Fill the blocks outside with rows of plain slabs and a few halls."""
    shapely.prepare(room)
    reach = outline.buffer(300)
    found: list[Polygon] = []
    v = -_FAR
    while v < _H + _FAR:
        u = -_FAR + float(rng.uniform(0, 20))
        while u < _W + _FAR:
            length = float(rng.uniform(24, 54))
            deep = shapes.SLAB_DEPTH if rng.random() < 0.86 else float(rng.uniform(16, 24))
            middle = bend_point(u + length / 2, v + float(rng.uniform(-2.5, 2.5)))
            flat = box(
                middle.x - length / 2,
                middle.y - deep / 2,
                middle.x + length / 2,
                middle.y + deep / 2,
            )
            angle = heading(u + length / 2, v) + float(rng.choice([0.0, 0.0, 2.0, -2.0]))
            shape = shapes.turn(flat, angle, (middle.x, middle.y))
            if reach.contains(shape) and not room.intersects(shape) and rng.random() < 0.9:
                found.append(shape)
            u += length + float(rng.uniform(6, 11)) + (14 if rng.random() < 0.12 else 0)
        v += 27.0
    return _free(found)


def _free(shapes_found: list[Polygon]) -> list[Polygon]:
    """Keep buildings that stand clear of those kept before."""
    tree = shapely.STRtree(shapes_found)
    kept: set[int] = set()
    for k, shape in enumerate(shapes_found):
        near = tree.query(shape, predicate="dwithin", distance=4.0).tolist()
        if not any(j in kept for j in near):
            kept.add(k)
    return [shapes_found[k] for k in sorted(kept)]
