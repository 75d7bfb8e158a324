"""The week in figures and as lists: how far each grid is, and where each place stands."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from layers._tokens import TOKENS
from pages import _press, _widgets
from pages._card import NOTHING, Figure
from pages._format import UNKNOWN, as_date, day, days, known, number
from pages._inspection_scene import Scene
from wangge.analysis.inspection import STATES, TO_DO, week, week_totals
from wangge.text import Text

ROW: Final = 36  # px: a finger meets it
GRID_ROW: Final = 31
LABELS: Final = {
    "number": Text("序号", "No."),
    "name": Text("检查对象", "Place"),
    "state": Text("状态", "State"),
    "where": Text("所在小区", "Compound"),
    "last_on": Text("上次检查", "Last"),
    "due_on": Text("应查", "Due"),
    "since": Text("之后补查", "Made up"),
    "kind": Text("类别", "Kind"),
    "result": Text("结果", "Result"),
    "case": Text("案件", "Case"),
}
RESULTS: Final = {"ok": Text("合格", "OK"), "found": Text("发现问题", "Problem found")}
GRID_LABELS: Final = {
    "name": Text("网格", "Grid"),
    "done": Text("已查", "Done"),
    "missed": Text("漏检", "Missed"),
    "never": Text("没有记录", "Never"),
    "due": Text("待查", "Due"),
}
_COLOURS: Final = {
    "missed": "violet",
    "never": "violet",
    "due": "gray",
    "done": "gray",
    "later": "gray",
}
_PLACES: Final = Text("处", "")


def figures(scene: Scene) -> tuple[Figure, ...]:
    """Return the three figures of the week: what is done, what was missed, what is to do."""
    rows = scene.rows
    count = {state: int((rows["state"] == state).sum()) for state in STATES}
    wanted = len(rows) - count["later"]
    found = int((rows["result"] == "found").sum())
    done = Figure(
        Text("已查", "Done"),
        f"{number(count['done'])}/{number(wanted)}",
        _PLACES,
        Text("发现问题 {n} 处", "problems at {n}").fill(n=found) if found else NOTHING,
    )
    late = rows["days_late"].max() if count["missed"] else 0
    missed = Figure(
        Text("漏检", "Missed"),
        number(count["missed"]),
        _PLACES,
        Text("最久 {n}", "longest {n}").fill(n=days(int(late))) if late else NOTHING,
        "gap" if late else "",
    )
    never = Figure(Text("没有检查记录", "Never inspected"), number(count["never"]), _PLACES)
    if scene.weeks < 0:
        return done, missed, never
    if scene.weeks > 0:
        due = Figure(Text("到期", "Due"), number(count["due"]), _PLACES)
        return due, missed, never
    today = (rows["state"] == "due") & (rows["due_on"] <= pd.Timestamp(scene.view.today))
    now = count["missed"] + count["never"] + int(today.sum())
    rest = count["due"] - int(today.sum())
    to_do = Figure(
        Text("今天要查", "To do today"),
        number(now),
        _PLACES,
        Text("本周另有 {n} 处", "{n} more this week").fill(n=rest) if rest else NOTHING,
    )
    return done, missed, to_do


def by_grid(scene: Scene) -> None:
    """Show how far each grid is, in the order of the grids; a row leads to its round."""
    totals = week_totals(scene.places)
    names = scene.view.community.grids["name"]
    held = totals.reindex(names.index, fill_value=0)
    wanted = held["places"] - held["later"]
    table = pd.DataFrame(
        {
            "name": names,
            "done": [f"{done}/{all_}" for done, all_ in zip(held["done"], wanted, strict=True)],
            **{state: held[state] for state in ("missed", "never", "due")},
        }
    )
    table = table.drop(columns={-1: "due", 1: "done"}.get(scene.weeks, []))
    key = _press.table("inspection_grids", table.index)

    st.dataframe(
        table,
        key=key,
        on_select=_widgets.picks(key, table, lambda at: scene.go(grid=at, stop="")),
        selection_mode="single-cell",
        hide_index=True,
        row_height=GRID_ROW,
        height=GRID_ROW * (len(table) + 1) + 6,
        column_config={
            name: st.column_config.Column(scene.view.t(text)) for name, text in GRID_LABELS.items()
        },
    )


def places(scene: Scene) -> None:
    """Show the places as a list; its marked row and the stop on the map are one."""
    rows = scene.rows
    if rows.empty:
        _widgets.empty(scene.view, Text("这里没有要检查的地方。", "Nothing here is inspected."))
        return
    key = _press.table("inspection_rows", rows.index)

    columns = ["number", "name", "state", "where", "last_on", "due_on", "since", "kind", "result"]
    hidden = set()
    if scene.walk is None:
        hidden.add("number")
    if not (rows["result"] != "").any():
        hidden.add("result")
    if scene.weeks >= 0:
        hidden.add("since")
    st.dataframe(
        _inked(scene),
        key=key,
        on_select=_widgets.picks(key, rows, lambda at: scene.go(stop=at)),
        selection_mode="single-cell",
        hide_index=True,
        row_height=ROW,
        height=ROW * (min(len(rows), 16) + 1) + 6,
        placeholder=UNKNOWN,
        column_config=_columns(scene),
        column_order=[name for name in columns if name not in hidden],
    )


def _inked(scene: Scene) -> Any:  # noqa: ANN401 - a Styler
    """Write words for codes, mark the chosen row, quieten what is done."""
    view, rows = scene.view, scene.rows
    tokens, own = TOKENS[view.theme], written(scene)
    own["state"] = [[word] for word in own["state"]]
    own["number"] = rows["number"]
    marked = [
        f"background-color: {tokens['accent_tint']}; font-weight: bold" if at == scene.stop else ""
        for at in rows.index
    ]
    quiet = ["" if state in TO_DO else f"color: {tokens['text3']}" for state in rows["state"]]
    return own.style.apply(lambda _: quiet).apply(lambda _: marked)


def written(scene: Scene) -> pd.DataFrame:
    """Return the rows as words of the session's language."""
    view, rows = scene.view, scene.rows
    return pd.DataFrame(
        {
            "number": rows["number"],
            "name": rows["name"],
            "state": [view.t(state_of(row)) for _, row in rows.iterrows()],
            "where": _where(scene),
            "last_on": [day(as_date(at), view.today) for at in rows["last_on"]],
            "due_on": [day(as_date(at), view.today) for at in rows["due_on"]],
            "since": _since(scene),
            "kind": rows["kind"],
            "result": [view.t(RESULTS[one]) if one in RESULTS else "" for one in rows["result"]],
            "case": rows["case"],
        },
        index=rows.index,
    )


def _where(scene: Scene) -> list[str]:
    """Return the compound of each shop: many shops share a name."""
    names, rows = scene.view.community.compounds["name"], scene.rows
    return [
        str(names.get(home, "")) if table == "shops" else ""
        for table, home in zip(rows["table"], rows["compound_id"], strict=True)
    ]


def _since(scene: Scene) -> list[str]:
    """Return when each place was inspected after the week that is looked at, if it was."""
    if scene.weeks >= 0:
        return [""] * len(scene.rows)
    today = scene.view.today
    now = scene.view.community.derive(week, today=today)["last_on"].reindex(scene.rows.index)
    later = now.where(now >= pd.Timestamp(scene.monday) + pd.Timedelta(days=7))
    return [day(as_date(at), today) if pd.notna(at) else "" for at in later]


def state_of(row: pd.Series) -> Text:
    """Return the state of a place in a word, for what was missed with how long.

    Examples
    --------
    >>> state_of(pd.Series({"state": "missed", "days_late": 3})).zh
    '漏检 3 天'
    """
    state = STATES[str(row["state"])]
    if not known(row["days_late"]):
        return state
    late = days(int(row["days_late"]))
    return Text(f"{state.zh} {late.zh}", f"{state.en} {late.en}")


def _columns(scene: Scene) -> dict[str, Any]:
    label = {name: scene.view.t(text) for name, text in LABELS.items()}
    found: dict[str, Any] = {
        name: st.column_config.Column(text) for name, text in label.items() if name != "state"
    }
    options = {scene.view.t(state_of(row)): str(row["state"]) for _, row in scene.rows.iterrows()}
    found["number"] = st.column_config.NumberColumn(label["number"], width=44)
    found["result"] = st.column_config.TextColumn(label["result"], width=88)
    found["name"] = st.column_config.TextColumn(label["name"], width=116)
    found["state"] = st.column_config.MultiselectColumn(
        label["state"],
        options=[*options],
        color=[_COLOURS[state] for state in options.values()],
        width=112 if scene.view.lang == "zh" else 128,
    )
    return found
