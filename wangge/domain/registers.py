"""The registers of a community: tables without places, declared as those with one."""

from __future__ import annotations

from typing import Final

from wangge.domain.schema import Column, Table
from wangge.text import Text

_NAME: Final = Column("name", Text("名称", "Name"))

PARTY_GROUPS: Final = Table(
    "party_groups",
    Text("党小组", "Party groups"),
    (),
    (
        _NAME,
        Column("grid_id", Text("网格党支部", "Branch"), refers_to="grids"),
        Column("compound_id", Text("小区", "Compound"), refers_to="compounds"),
        Column("members", Text("党员", "Members"), "int", unit="人", low=0, high=500),
    ),
)
PARTNERS: Final = Table(
    "partners",
    Text("共建单位", "Partner units"),
    (),
    (_NAME, Column("trade", Text("行业", "Field")), Column("offers", Text("可提供", "Offers"))),
)
PROPERTY_COMPANIES: Final = Table(
    "property_companies",
    Text("物业企业", "Property companies"),
    (),
    (
        _NAME,
        Column("offers", Text("服务菜单", "Menu")),
        Column("fee_yuan_m2", Text("收费", "Fee"), "float", unit="元/m²·月", low=0, high=50),
        Column("takes_old", Text("承接老旧小区", "Takes old compounds"), "bool"),
        Column("compounds_now", Text("在管小区", "Compounds now"), "int", low=0, high=1000),
    ),
)

REGISTERS: Final = {table.name: table for table in (PARTY_GROUPS, PARTNERS, PROPERTY_COMPANIES)}
