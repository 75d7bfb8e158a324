"""One community for the whole process, made again when a file or the journal changes."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from wangge.store import present
from wangge.store.desk import Desk, Draft
from wangge.store.stamp import stamp_now

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture
def environment(tmp_path):
    shutil.copytree(DATA, tmp_path / "data")
    return {
        "WANGGE_DATA": str(tmp_path / "data" / "geo"),
        "WANGGE_HOME": str(tmp_path / "home"),
        "WANGGE_NOW": "2026-11-23T13:42:00+08:00",
    }


def test_all_who_ask_at_once_share_one_community(environment):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: present.present(environment), range(4)))
    assert all(reading is found[0][0] for reading, _ in found)
    assert len(found[0][0].community.hazards) == len(found[0][0].community.cases) > 0
    assert stamp_now(environment) == found[0][1]


def test_a_case_and_a_changed_file_show_at_once(environment):
    before, stamp = present.present(environment)
    actor = present.acting(environment, "planner", before)
    desk = Desk(present.journal(environment), actor, lambda: present.clock(environment))
    case = desk.report(Draft(113.05, 36.05, "old_wiring", "一般"), key="once")
    assert stamp_now(environment) != stamp
    seen, _ = present.present(environment)
    assert case.id in seen.community.cases.index
    assert case.id not in before.community.cases.index
    shops = Path(environment["WANGGE_DATA"]) / "shops.geojson"
    shops.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    os.utime(shops, (1, 1))
    after, _ = present.present(environment)
    assert after.community.shops.empty
    assert case.id in after.community.cases.index


def test_a_worker_acts_as_the_post_of_the_own_grid(environment):
    reading, _ = present.present(environment)
    grid = reading.community.grids.index[0]
    name = reading.community.grids.at[grid, "name"]
    own = environment | {"WANGGE_GRID": grid}
    assert present.acting(own, "worker", reading).post == f"{name}网格员"
    assert present.acting(own | {"WANGGE_GRID": "G99"}, "worker", reading).post == "网格员"
    assert present.acting(own | {"WANGGE_ACTOR": "夜班"}, "worker", reading).post == "夜班"
