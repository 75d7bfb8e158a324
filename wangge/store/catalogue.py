"""The catalogue of faults: files, GeoJSON structure, columns, and how tables fit together."""

from __future__ import annotations

from typing import Final

from wangge.store.faults import Fault
from wangge.text import Text


def fault(code: str, zh: str, en: str, do_zh: str, do_en: str) -> Fault:
    """Declare a fault that must be mended."""
    return Fault(code, Text(zh, en), Text(do_zh, do_en))


def warning(code: str, zh: str, en: str, do_zh: str, do_en: str) -> Fault:
    """Declare a fault that should be mended, and harms nothing."""
    return Fault(code, Text(zh, en), Text(do_zh, do_en), "warning")


# Files
MISSING_FOLDER: Final = fault(
    "missing-folder",
    "找不到数据文件夹 {folder}。",
    "There is no data folder {folder}.",
    "请核对路径，或运行 python -m wangge demo 生成演示数据。",
    "Check the path, or run python -m wangge demo to make the demo data.",
)
EMPTY_FOLDER: Final = fault(
    "empty-folder",
    "文件夹 {folder} 里没有任何数据表。",
    "The folder {folder} holds no table.",
    "请放入 grids.geojson、compounds.geojson 等文件。",
    "Put files such as grids.geojson and compounds.geojson into it.",
)
MISSING_FILE: Final = fault(
    "missing-file",
    "缺少文件 {file}。",
    "The file {file} is missing.",
    "请补上该文件；没有内容时放一个空的 FeatureCollection（登记表则只留表头）。",
    "Add it; with nothing to hold, an empty FeatureCollection (a register: its header).",
)
UNKNOWN_FILE: Final = warning(
    "unknown-file",
    "文件 {file} 不对应任何数据表，未读取。",
    "The file {file} belongs to no table and was not read.",
    "请核对文件名；若不需要，请移出文件夹。",
    "Check its name; if it is not needed, move it out of the folder.",
)
UNREADABLE: Final = fault(
    "unreadable",
    "文件打不开：{why}。",
    "The file cannot be opened: {why}.",
    "请检查文件权限，确认它是普通文件、没有被其他程序占用。",
    "Check its permissions, that it is a plain file and that no other program holds it.",
)
TOO_LARGE: Final = fault(
    "too-large",
    "文件 {size} MB，超过上限 {limit} MB，未读取。",
    "The file has {size} MB, more than the limit of {limit} MB, and was not read.",
    "请只导出本社区范围的数据，坐标保留 7 位小数；确需更大时调整规则 file_limit_mb。",
    "Export only this community, 7 decimals; if it must be larger, raise the rule file_limit_mb.",
)
NOT_UTF8: Final = fault(
    "not-utf8",
    "文件编码是 {encoding}，不是 UTF-8。",
    "The text is encoded as {encoding}, not UTF-8.",
    "请用记事本或 QGIS 另存为 UTF-8。",
    "Save it as UTF-8 in a text editor or QGIS.",
)
NOT_JSON: Final = fault(
    "not-json",
    "第 {line} 行第 {at} 个字符处不是合法的 JSON。",
    "Not valid JSON at line {line}, character {at}.",
    "文件可能没有写完或被手工改坏；请重新导出。",
    "The file may be cut short or was edited by hand; export it again.",
)
BROKEN_TEXT: Final = fault(
    "broken-text",
    "含有残缺的字符（单个代理码），已换成“\ufffd”。",
    "It holds half a character (a lone surrogate), replaced by “\ufffd”.",
    "请在原系统里重新输入该处文字。",
    "Type that text again where it comes from.",
)
DUPLICATE_KEY: Final = fault(
    "duplicate-key",
    "同一个对象里 {key} 出现了两次，只读到后一个值。",
    "{key} stands twice in one object; only the last value is read.",
    "请删去其中一个。",
    "Remove one of them.",
)
AND_MORE: Final = fault(
    "and-more",
    "同类问题（{code}）还有 {n} 处，未逐一列出。",
    "{n} more of the same kind ({code}) are not listed one by one.",
    "请先处理已列出的，再检查一次。",
    "Mend those listed, then check again.",
)

# GeoJSON structure
BARE_ARRAY: Final = fault(
    "bare-array",
    "文件是一个要素数组，缺少外层的 FeatureCollection；要素已照读。",
    "The file is a bare array of Features, no FeatureCollection; they were read all the same.",
    '请包成 {{"type": "FeatureCollection", "features": [...]}}。',
    'Wrap it: {{"type": "FeatureCollection", "features": [...]}}.',
)
NOT_A_COLLECTION: Final = fault(
    "not-a-collection",
    "数据表应是 FeatureCollection，这里是 {kind}。",
    "A table must be a FeatureCollection; this is a {kind}.",
    "请把要素放进 FeatureCollection 的 features 里。",
    "Put the features into the features of a FeatureCollection.",
)
NOT_AN_OBJECT: Final = fault(
    "not-an-object",
    "{what} 应是对象，这里是 {found}。",
    "{what} must be an object; here it is {found}.",
    "请重新导出为标准 GeoJSON。",
    "Export it again as standard GeoJSON.",
)
UNKNOWN_TYPE: Final = fault(
    "unknown-type",
    "类型 {found} 不是 GeoJSON 的类型（区分大小写）。",
    "The type {found} is none of GeoJSON (case matters).",
    "请改成 {expected}。",
    "Change it to {expected}.",
)
MISSING_MEMBER: Final = fault(
    "missing-member",
    "{what} 缺少 {member}。",
    "{what} lacks {member}.",
    "请补上，或重新导出为标准 GeoJSON。",
    "Add it, or export again as standard GeoJSON.",
)
WRONG_MEMBER: Final = fault(
    "wrong-member",
    "{member} 应是 {expected}，这里是 {found}。",
    "{member} must be {expected}; here it is {found}.",
    "请改正，或重新导出为标准 GeoJSON。",
    "Correct it, or export again as standard GeoJSON.",
)
FOREIGN_MEMBER: Final = warning(
    "foreign-member",
    "{what} 里不应有 {member}。",
    "{what} must not hold {member}.",
    "请删去；属性应放在 properties 里。",
    "Remove it; attributes belong into properties.",
)
WRONG_BBOX: Final = warning(
    "wrong-bbox",
    "bbox 应是 4 个或 6 个数字。",
    "A bbox must hold 4 or 6 numbers.",
    "请改正或删去 bbox。",
    "Correct or remove it.",
)
BAD_POSITION: Final = fault(
    "bad-position",
    "坐标 {found} 不是两个数字；该类几何（{kind}）的坐标层数或写法不对。",
    "The position {found} is not two numbers: wrong nesting or notation for a {kind}.",
    "坐标应写成 [经度, 纬度]，是数字而不是文字；请重新导出。",
    "Write a position as [longitude, latitude], numbers and not text; export it again.",
)
LONG_POSITION: Final = warning(
    "long-position",
    "坐标有 {n} 个数，多于经度、纬度、高程三个。",
    "A position has {n} numbers, more than longitude, latitude and height.",
    "请去掉多余的数。",
    "Remove the others.",
)
SHORT_LINE: Final = fault(
    "short-line",
    "线只有 {n} 个点，至少要 2 个。",
    "A line has {n} positions; it needs 2.",
    "请补画或删去。",
    "Draw it again or remove it.",
)
SHORT_RING: Final = fault(
    "short-ring",
    "面的边界只有 {n} 个点，至少要 4 个（首尾相同）。",
    "A ring has {n} positions; it needs 4, the last equal to the first.",
    "请补画或删去。",
    "Draw it again or remove it.",
)
UNCLOSED: Final = fault(
    "unclosed",
    "面的边界没有闭合（首尾点不同），已自动连上。",
    "A ring is not closed; it was closed from its last to its first position.",
    "请核对缺口处是否少画了点，再重新保存。",
    "See whether a position is missing there, then save it again.",
)
WINDING: Final = warning(
    "right-hand-rule",
    "面的外边界应为逆时针、内洞为顺时针。",
    "Outer rings should run counter-clockwise, holes clockwise.",
    "不影响显示；用 RFC 7946 选项导出即可。",
    "Nothing to see on the map; export with the RFC 7946 option.",
)
NESTED_COLLECTION: Final = warning(
    "nested-collection",
    "GeometryCollection 里又套了 GeometryCollection。",
    "A GeometryCollection holds another one.",
    "请拆成单个几何。",
    "Split it into single geometries.",
)
SINGLE_COLLECTION: Final = warning(
    "single-collection",
    "GeometryCollection 里只有一个几何。",
    "A GeometryCollection holds a single geometry.",
    "请直接写那个几何。",
    "Write that geometry itself.",
)
PRECISION: Final = warning(
    "excess-precision",
    "坐标有 {n} 位小数，细过 0.1 毫米，没有意义。",
    "Coordinates have {n} decimals, finer than a tenth of a millimetre.",
    "导出时保留 7 位小数（约 1 厘米）。",
    "Keep 7 decimals (about a centimetre) when exporting.",
)
