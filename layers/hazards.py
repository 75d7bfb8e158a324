"""Open hazards: shape and colour say how severe, the outline says where it stands."""

from __future__ import annotations

from datetime import date

import geopandas as gpd

from layers._hazard import KEYS, severities
from layers._layer import CLASS, MARKS, Field, Layer, Mark, fields
from wangge.analysis.deadlines import case_state
from wangge.community import Community
from wangge.text import Text

STATUS_MARKS = {name: name for name in ("reported", "handled", "rechecked", "returned")}


def draw(community: Community, today: date) -> gpd.GeoDataFrame:  # noqa: ARG001  # the contract
    """Return the open hazards, late ones ringed; closed, declined, duplicate are not drawn."""
    held = community.hazards
    state = community.derive(case_state, now=community.now)
    seen = state["open"] & held["severity"].isin(list(KEYS))
    held, state = held[seen], state[seen]
    status = held["status"].map(STATUS_MARKS).fillna("").astype(object)
    late = state["overdue"].map({True: " overdue", False: ""}).astype(object)
    return held.assign(
        **{CLASS: held["severity"].map(KEYS), MARKS: (status + late).str.strip()},
        days_left=state["days_left"],
    )


LAYER = Layer(
    id="hazards",
    title=Text("隐患", "Hazards"),
    order=200,
    classes=severities(),
    marks=(
        Mark("overdue", Text("超期", "Overdue"), "ring"),
        Mark("reported", Text("上报未立案", "Reported only"), "dashed"),
        Mark("handled", Text("待核查", "Waiting for recheck"), "hollow"),
        Mark("rechecked", Text("核查通过，待结案", "Rechecked, to be closed"), "faint"),
        Mark("returned", Text("返工", "Returned"), "dot"),
    ),
    draw=draw,
    tooltip=(
        *fields("hazards", "kind", "severity", "status", "reported_on"),
        Field("days_left", Text("还剩（负数为超期）", "Left (negative: overdue)"), Text("天", "d")),
    ),
)
