"""The catalogue of faults, continued: geometry, ids, columns, and how tables fit together."""

from __future__ import annotations

from typing import Final

from wangge.store.catalogue import fault, warning

# Coordinates and geometry
NO_CRS: Final = warning(
    "no-crs",
    "没有说明坐标系，按 WGS 84（EPSG:4326）读取。",
    "No coordinate system is stated; read as WGS 84 (EPSG:4326).",
    "请写明 crs 成员，例如 urn:ogc:def:crs:EPSG::4490（CGCS2000）。",
    "State it in a crs member, such as urn:ogc:def:crs:EPSG::4490 (CGCS2000).",
)
WRONG_CRS: Final = fault(
    "wrong-crs",
    "坐标系 {found} 不认识或与坐标不符；按 {used} 读取。",
    "The coordinate system {found} is unknown or does not fit the coordinates; read as {used}.",
    "请核对导出时选的坐标系，建议 CGCS2000（EPSG:4490）。",
    "Check the system chosen at export; CGCS2000 (EPSG:4490) is best.",
)
NO_GEOMETRY: Final = fault(
    "no-geometry",
    "没有图形（几何为空），未读入。",
    "It has no shape (null or empty geometry) and was left out.",
    "请在地图上补画，或删去该要素。",
    "Draw it, or remove the feature.",
)
WRONG_GEOMETRY: Final = fault(
    "wrong-geometry",
    "图形是 {found}，该表应为 {expected}，未读入。",
    "The shape is a {found}; this table takes {expected}. It was left out.",
    "请核对是否放错了文件，或改画成要求的图形。",
    "See whether it is in the wrong file, or draw it as asked.",
)
NOT_FINITE: Final = fault(
    "not-finite",
    "坐标里有 NaN 或无穷大，未读入。",
    "A coordinate is NaN or infinite; it was left out.",
    "请重新测取该处坐标。",
    "Take that coordinate again.",
)
OUT_OF_RANGE: Final = fault(
    "out-of-range",
    "坐标 {found} 超出经纬度范围，未读入。",
    "The position {found} is no longitude and latitude; it was left out.",
    "请核对坐标单位（应为度）和小数点位置。",
    "Check the unit (degrees) and the decimal point.",
)
SWAPPED: Final = fault(
    "swapped",
    "经度和纬度写反了（{found}），已调换后读入。",
    "Longitude and latitude are swapped ({found}); they were turned round for reading.",
    "请在源数据中改成 [经度, 纬度]。",
    "Write [longitude, latitude] in the source.",
)
SELF_CROSSING: Final = fault(
    "self-crossing",
    "边界自相交或不合法（{why}），已修补后读入。",
    "The outline crosses itself or is invalid ({why}); it was mended for reading.",
    "请在该处把边界重画成不相交的。",
    "Redraw the outline there so that it does not cross itself.",
)
FAR_AWAY: Final = fault(
    "far-away",
    "离社区边界 {metres} 米，不像本社区的数据。",
    "It lies {metres} m from the community's outline, which does not look like this community.",
    "请核对坐标；确不属于本社区则删去。",
    "Check its coordinates; remove it if it belongs elsewhere.",
)
SHIFTED: Final = fault(
    "shifted",
    "整层偏移约 {metres} 米，像是 {system} 坐标（网络地图）。",
    "The whole layer is shifted by about {metres} m, as {system} coordinates of web maps are.",
    "请从 {system} 转成 CGCS2000 后重新导出（wangge.domain.shifts 可换算）。",
    "Convert it from {system} to CGCS2000 and export again (wangge.domain.shifts converts).",
)

# Ids and columns
NO_ID: Final = fault(
    "no-id",
    "第 {n} 个要素没有编号 id，未读入。",
    "Feature number {n} has no id and was left out.",
    "请给它一个不重复的编号。",
    "Give it an id of its own.",
)
DUPLICATE_ID: Final = fault(
    "duplicate-id",
    "编号重复，只读入第一个。",
    "The id is used twice; only the first was read.",
    "请给后一个换一个编号，或删去重复的。",
    "Give the other a new id, or remove it.",
)
MISSING_COLUMN: Final = fault(
    "missing-column",
    "整张表没有“{label}”（{column}）这一列。",
    "The whole table lacks the column “{label}” ({column}).",
    "请补上该列；列名须与数据字典一致。",
    "Add it, named as in the data dictionary.",
)
UNKNOWN_COLUMN: Final = warning(
    "unknown-column",
    "列 {column} 不在数据字典里，未读取。",
    "The column {column} is not in the data dictionary and was not read.",
    "请核对列名；若不需要可删去。",
    "Check its name; remove it if it is not needed.",
)
MISSING_VALUE: Final = fault(
    "missing-value",
    "“{label}”没有填写。",
    "“{label}” is empty.",
    "请补填。",
    "Fill it in.",
)
WRONG_VALUE: Final = fault(
    "wrong-value",
    "“{label}”的值 {found} 不是{expected}，未采用。",
    "“{label}” is {found}, which is not {expected}; it was not used.",
    "请改成{expected}。",
    "Change it to {expected}.",
)
LOOSE_VALUE: Final = warning(
    "loose-value",
    "“{label}”的值 {found} 写法不规范，已按{expected}读取。",
    "“{label}” is written as {found}; it was read as {expected}.",
    "请在源数据里改成{expected}。",
    "Write it as {expected} in the source.",
)
OUT_OF_BOUNDS: Final = fault(
    "out-of-bounds",
    "“{label}”的值 {found} 不在 {low} 到 {high} 之间，未采用。",
    "“{label}” is {found}, not between {low} and {high}; it was not used.",
    "请核对数值和单位。",
    "Check the number and its unit.",
)
UNKNOWN_WORD: Final = fault(
    "unknown-word",
    "“{label}”的值 {found} 不在可选词里，未采用。",
    "“{label}” is {found}, which is not among its words; it was not used.",
    "请改成其中之一：{words}。",
    "Use one of: {words}.",
)
DANGLING: Final = fault(
    "dangling-key",
    "“{label}”指向 {found}，{table}表里没有这个编号，未采用。",
    "“{label}” points to {found}, which is not in the table {table}; it was not used.",
    "请改成存在的编号，或先补上那一条。",
    "Point it to an existing id, or add that one first.",
)
RAGGED_ROW: Final = fault(
    "ragged-row",
    "第 {n} 行的列数与表头不同，未读入。",
    "Row {n} has not as many cells as the header and was left out.",
    "请检查该行是否多了或少了逗号、引号。",
    "Look for a comma or quote too many or too few.",
)
DAY_TWICE: Final = fault(
    "day-twice",
    "{day} 既写了放假又写了上班，均未采用。",
    "{day} is written both as off and as work; neither was used.",
    "请按国务院办公厅通知只保留一行。",
    "Keep the one row that the State Council's notice says.",
)

# How tables fit together
GRID_OVERLAP: Final = fault(
    "grid-overlap",
    "与网格 {other} 重叠 {area} 平方米。",
    "It overlaps grid {other} by {area} m².",
    "请把两个网格的公共边界画成同一条线。",
    "Draw the border between the two as one line.",
)
GRID_GAP: Final = fault(
    "grid-gap",
    "社区内有 {area} 平方米不属于任何网格（{at} 附近）。",
    "{area} m² of the community belong to no grid (near {at}).",
    "请把这块划入相邻网格。",
    "Give it to a neighbouring grid.",
)
GRID_OUTSIDE: Final = fault(
    "grid-outside",
    "网格有 {area} 平方米超出社区边界。",
    "The grid reaches {area} m² beyond the community's outline.",
    "请核对社区边界或网格边界，使两者一致。",
    "Make the outline and the grid agree.",
)
STRADDLES: Final = fault(
    "straddles-grids",
    "小区有 {area} 平方米落在所属网格 {grid} 之外。",
    "{area} m² of the compound lie outside its grid {grid}.",
    "请调整网格边界，或改正小区所属网格。",
    "Move the grid's border, or correct the compound's grid.",
)
COMPOUND_OVERLAP: Final = fault(
    "compound-overlap",
    "与小区 {other} 重叠 {area} 平方米。",
    "It overlaps compound {other} by {area} m².",
    "请核对两个小区的围墙位置。",
    "Check where the walls of the two run.",
)
BUILDING_OUTSIDE: Final = fault(
    "building-outside",
    "楼栋有 {area} 平方米在所属小区 {compound} 之外。",
    "{area} m² of the building lie outside its compound {compound}.",
    "请核对楼栋位置或所属小区。",
    "Check where it stands, or its compound.",
)
HOUSEHOLD_OUTSIDE: Final = fault(
    "household-outside",
    "住户不在所属楼栋 {building} 内（相距 {metres} 米）。",
    "The household is not inside its building {building} ({metres} m away).",
    "请核对住户位置或所属楼栋。",
    "Check its position, or its building.",
)
HOUSEHOLD_COMPOUND: Final = fault(
    "household-compound",
    "住户登记在小区 {found}，所在楼栋却属于 {expected}。",
    "The household is registered in compound {found}, its building belongs to {expected}.",
    "请统一两处登记。",
    "Make the two agree.",
)
OUTSIDE_COMPOUND: Final = fault(
    "outside-compound",
    "位置在所属小区 {compound} 之外 {metres} 米。",
    "It lies {metres} m outside its compound {compound}.",
    "请核对位置或所属小区。",
    "Check its position, or its compound.",
)
OUTSIDE_GRID: Final = fault(
    "outside-grid",
    "位置不在所属网格 {grid} 内。",
    "It does not lie inside its grid {grid}.",
    "请核对位置或所属网格。",
    "Check its position, or its grid.",
)
LAMP_OFF_STREET: Final = fault(
    "lamp-off-street",
    "路灯离最近的街巷 {metres} 米，超过 {limit} 米。",
    "The lamp stands {metres} m from the nearest street or path, more than {limit} m.",
    "请核对路灯位置，或补画它所在的街巷。",
    "Check its position, or draw the street it stands on.",
)
GATE_OFF_WALL: Final = fault(
    "gate-off-wall",
    "院门离小区 {compound} 的边界 {metres} 米。",
    "The gate stands {metres} m from the border of compound {compound}.",
    "请把院门移到围墙上。",
    "Move it onto the wall.",
)
DATES_REVERSED: Final = fault(
    "dates-reversed",
    "“{late}”早于“{early}”。",
    "“{late}” is earlier than “{early}”.",
    "请核对两个日期。",
    "Check the two dates.",
)
CLOSED_WITHOUT_DATE: Final = fault(
    "closed-without-date",
    "隐患状态与结案日期不符（{status}）。",
    "The hazard's status and its closing date disagree ({status}).",
    "结案的须有结案日期，未结的不应有。",
    "A closed hazard has a closing date, an open one has none.",
)
GROUP_GRID: Final = fault(
    "group-grid",
    "党小组登记在网格 {found}，其小区却属于 {expected}。",
    "The party group is registered in grid {found}, its compound belongs to {expected}.",
    "请统一两处登记。",
    "Make the two agree.",
)
NO_PARTY_GROUP: Final = fault(
    "no-party-group",
    "网格没有任何党小组登记。",
    "No party group is registered for the grid.",
    "请在 party_groups.csv 中补登。",
    "Add it to party_groups.csv.",
)
MEMBERS_TOTAL: Final = fault(
    "members-total",
    "党员户 {households} 户，多于党小组登记的党员 {members} 人。",
    "{households} member households, but the party groups count only {members} members.",
    "请核对党小组名册与党员户登记。",
    "Compare the groups' rolls with the households.",
)
OUTLINE_COUNT: Final = fault(
    "outline-count",
    "社区边界应有 1 个，这里有 {n} 个。",
    "There must be one community outline; there are {n}.",
    "请只保留一个社区边界。",
    "Keep one outline.",
)
MANAGER_MISMATCH: Final = fault(
    "manager-mismatch",
    "登记为物业公司管理，却没有填管理单位。",
    "It is registered as run by a property company, but none is named.",
    "请补填管理单位，或把“物业”改为无物业。",
    "Name the company, or set the management to none.",
)
