"""The tables of a community, declared once: reader, checker, docs and forms use it."""

from __future__ import annotations

from typing import Final, NewType

import geopandas as gpd
import pandas as pd

from wangge.domain import terms
from wangge.domain.schema import Column, Table
from wangge.domain.terms import Terms
from wangge.text import Text

Outline = NewType("Outline", gpd.GeoDataFrame)
Grids = NewType("Grids", gpd.GeoDataFrame)
Compounds = NewType("Compounds", gpd.GeoDataFrame)
Buildings = NewType("Buildings", gpd.GeoDataFrame)
Households = NewType("Households", gpd.GeoDataFrame)
Alleys = NewType("Alleys", gpd.GeoDataFrame)
Streetlights = NewType("Streetlights", gpd.GeoDataFrame)
Hazards = NewType("Hazards", gpd.GeoDataFrame)
Stations = NewType("Stations", gpd.GeoDataFrame)
Facilities = NewType("Facilities", gpd.GeoDataFrame)
Shops = NewType("Shops", gpd.GeoDataFrame)
Gates = NewType("Gates", gpd.GeoDataFrame)
Paths = NewType("Paths", gpd.GeoDataFrame)
Ground = NewType("Ground", gpd.GeoDataFrame)
Trees = NewType("Trees", gpd.GeoDataFrame)
Context = NewType("Context", gpd.GeoDataFrame)
PartyGroups = NewType("PartyGroups", pd.DataFrame)
Partners = NewType("Partners", pd.DataFrame)
PropertyCompanies = NewType("PropertyCompanies", pd.DataFrame)

_AREA: Final = ("Polygon", "MultiPolygon")
_LINE: Final = ("LineString", "MultiLineString")
_NAME: Final = Column("name", Text("名称", "Name"))
_GRID: Final = Column("grid_id", Text("网格", "Grid"), refers_to="grids")
_COMPOUND: Final = Column(
    "compound_id", Text("小区", "Compound"), refers_to="compounds", required=False
)


def _kind(words: Terms) -> Column:
    return Column("kind", Text("类型", "Kind"), terms=words)


def _when(name: str, zh: str, en: str, *, required: bool = False) -> Column:
    return Column(name, Text(zh, en), "date", required=required)


COMMUNITY: Final = Table(
    "community",
    Text("社区", "Community"),
    _AREA,
    (
        _NAME,
        Column("district", Text("县区", "District")),
        Column("subdistrict", Text("街道", "Subdistrict")),
        Column("code", Text("统计用区划代码", "Statistical code")),
        Column("synthetic", Text("演示数据", "Synthetic"), "bool", required=False),
    ),
)
GRIDS: Final = Table(
    "grids",
    Text("网格", "Grids"),
    _AREA,
    (
        _NAME,
        Column("branch", Text("网格党支部", "Party branch")),
        Column("leader_post", Text("网格长岗位", "Leader's post")),
    ),
)
COMPOUNDS: Final = Table(
    "compounds",
    Text("小区", "Compounds"),
    _AREA,
    (
        _NAME,
        _GRID,
        _kind(terms.COMPOUND_KINDS),
        Column("built_year", Text("建成年份", "Built"), "int", low=1900, high=2100),
        Column("manager_kind", Text("物业", "Management"), terms=terms.MANAGER_KINDS),
        Column("manager_name", Text("管理单位", "Manager"), required=False),
        _when("manager_since", "现状自", "Since"),
        _when("contract_end", "合同到期", "Contract ends"),
        Column("gated", Text("有大门", "Gated"), "bool"),
    ),
)
BUILDINGS: Final = Table(
    "buildings",
    Text("楼栋", "Buildings"),
    _AREA,
    (
        _NAME,
        _COMPOUND,
        _kind(terms.BUILDING_KINDS),
        Column("floors", Text("层数", "Floors"), "int", unit="层", low=1, high=60),
        Column("units", Text("单元数", "Units"), "int", unit="个", low=0, high=20),
        Column("built_year", Text("建成年份", "Built"), "int", low=1900, high=2100, required=False),
    ),
)
HOUSEHOLDS: Final = Table(
    "households",
    Text("住户", "Households"),
    ("Point",),
    (
        Column("building_id", Text("楼栋", "Building"), refers_to="buildings"),
        Column("compound_id", Text("小区", "Compound"), refers_to="compounds"),
        Column("unit", Text("单元", "Unit"), "int", low=0, high=20),
        Column("room", Text("室号", "Room")),
        Column("people", Text("人口", "People"), "int", unit="人", low=0, high=20),
        Column("holder", Text("户主", "Holder"), private=True, required=False),
        Column("phone", Text("电话", "Phone"), private=True, required=False),
        Column(
            "care", Text("关爱类别", "Care"), "list", terms=terms.CARE, private=True, required=False
        ),
        Column("mobility", Text("行动能力", "Mobility"), terms=terms.MOBILITY, private=True),
        Column("member", Text("党员户", "Member household"), "bool", private=True),
    ),
)
ALLEYS: Final = Table(
    "alleys",
    Text("街巷", "Streets and alleys"),
    _LINE,
    (
        _NAME,
        _kind(terms.ALLEY_KINDS),
        Column("width_m", Text("宽度", "Width"), "float", unit="m", low=0.8, high=60),
        Column("motor", Text("通车", "Motor"), "bool"),
        _when("surveyed_on", "夜查日期", "Walked at night"),
        Column(
            "night_result",
            Text("夜查结果", "Seen at night"),
            terms=terms.NIGHT_RESULTS,
            required=False,
        ),
        Column("gate_closes", Text("夜间关门", "Gate closes"), "time", required=False),
    ),
)
STREETLIGHTS: Final = Table(
    "streetlights",
    Text("路灯", "Streetlights"),
    ("Point",),
    (
        _kind(terms.LAMP_KINDS),
        Column("height_m", Text("灯高", "Height"), "float", unit="m", low=1, high=40),
        Column("lumens", Text("光通量", "Luminous flux"), "float", unit="lm", low=0, high=200000),
        Column(
            "reach_m",
            Text("照射半径", "Reach"),
            "float",
            unit="m",
            low=0.5,
            high=60,
            required=False,
        ),
        Column("working", Text("完好", "Working"), "bool"),
        _when("installed_on", "安装日期", "Installed"),
        Column("owner", Text("权属", "Owner"), required=False),
        Column("out_since", Text("不亮自", "Out since"), "date", required=False),
    ),
)
HAZARDS: Final = Table(
    "hazards",
    Text("隐患", "Hazards"),
    ("Point",),
    (
        _kind(terms.HAZARD_KINDS),
        Column("severity", Text("等级", "Severity"), terms=terms.SEVERITIES),
        Column("status", Text("状态", "Status"), terms=terms.HAZARD_STATUSES),
        _when("reported_on", "上报日期", "Reported", required=True),
        _when("due_on", "期限", "Due"),
        _when("closed_on", "结案日期", "Closed"),
        _COMPOUND,
        Column("note", Text("说明", "Note"), private=True, required=False),
    ),
)
STATIONS: Final = Table(
    "stations",
    Text("服务站", "Stations"),
    ("Point",),
    (
        _NAME,
        _kind(terms.STATION_KINDS),
        _GRID,
        Column("services", Text("服务", "Services"), "list", required=False),
        Column("opens", Text("开门", "Opens"), "time", required=False),
        Column("closes", Text("关门", "Closes"), "time", required=False),
        Column("was", Text("原为", "Used to be"), required=False),
    ),
)
FACILITIES: Final = Table(
    "facilities",
    Text("设施", "Facilities"),
    ("Point",),
    (
        _kind(terms.FACILITY_KINDS),
        _NAME,
        Column("capacity", Text("容量", "Capacity"), "int", low=0, high=10000, required=False),
    ),
)
SHOPS: Final = Table(
    "shops",
    Text("商铺", "Shops"),
    ("Point",),
    (
        _NAME,
        Column("trade", Text("业态", "Trade")),
        _COMPOUND,
        _when("last_inspected_on", "上次检查", "Last inspected"),
    ),
)
GATES: Final = Table(
    "gates",
    Text("院门", "Gates"),
    ("Point",),
    (
        Column("compound_id", Text("小区", "Compound"), refers_to="compounds"),
        _kind(terms.GATE_KINDS),
    ),
)
PATHS: Final = Table(
    "paths",
    Text("院内道路", "Yard paths"),
    _LINE,
    (
        _COMPOUND,
        _kind(terms.PATH_KINDS),
        Column("width_m", Text("宽度", "Width"), "float", unit="m", low=0.8, high=20),
    ),
)
GROUND: Final = Table(
    "ground",
    Text("地面", "Ground"),
    _AREA,
    (_kind(terms.GROUND_KINDS), Column("name", Text("名称", "Name"), required=False)),
)
TREES: Final = Table("trees", Text("树木", "Trees"), ("MultiPoint", "Point"), ())
CONTEXT: Final = Table(
    "context",
    Text("周边", "Surroundings"),
    (*_AREA, *_LINE),
    (
        _kind(terms.CONTEXT_KINDS),
        Column("name", Text("名称", "Name"), required=False),
        Column(
            "width_m", Text("宽度", "Width"), "float", unit="m", low=0.8, high=60, required=False
        ),
    ),
)
TABLES: Final = {
    table.name: table
    for table in (
        COMMUNITY,
        GRIDS,
        COMPOUNDS,
        BUILDINGS,
        HOUSEHOLDS,
        ALLEYS,
        STREETLIGHTS,
        HAZARDS,
        STATIONS,
        FACILITIES,
        SHOPS,
        GATES,
        PATHS,
        GROUND,
        TREES,
        CONTEXT,
    )
}
