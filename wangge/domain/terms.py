"""The words stored in enum columns, with what a screen shows for them in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wangge.text import Text

Terms = Mapping[str, Text]


def _same(**english: str) -> dict[str, Text]:
    """Build terms whose stored word is the Chinese one."""
    return {zh: Text(zh, en) for zh, en in english.items()}


COMPOUND_KINDS: Final = _same(
    单位型老旧小区="Old work-unit compound",
    商品房="Commercial housing",
    安置小区="Resettlement compound",
    平房院落="Courtyard block",
)
MANAGER_KINDS: Final = {
    "property": Text("物业公司", "Property company"),
    "unit": Text("单位自管", "Run by its work unit"),
    "community": Text("社区兜底", "Community-run fallback"),
    "none": Text("无物业", "Unmanaged"),
}
BUILDING_KINDS: Final = {
    "slab": Text("板楼", "Slab"),
    "tower": Text("塔楼", "Tower"),
    "courtyard": Text("平房院", "Courtyard"),
    "shop": Text("临街商铺", "Shop row"),
    "institution": Text("公共建筑", "Institution"),
}
CARE: Final = _same(
    独居老人="Elder living alone",
    空巢="Empty nest",
    残疾="Disabled",
    低保="Minimum allowance",
    孤儿="Orphan",
    重病="Seriously ill",
    失独="Lost only child",
)
MOBILITY: Final = {
    "walks": Text("行走自如", "Walks"),
    "aid": Text("需助行", "Walks with aid"),
    "wheelchair": Text("轮椅", "Wheelchair"),
    "bed": Text("卧床", "Bedridden"),
}
ALLEY_KINDS: Final = {
    "road": Text("干道", "Road"),
    "street": Text("街", "Street"),
    "alley": Text("巷", "Alley"),
    "footpath": Text("步行小路", "Footpath"),
}
STREETS: Final = ("road", "street")  # the wide ones, which the base map names
LAMP_KINDS: Final = {
    "mains": Text("市电灯", "Mains lamp"),
    "solar": Text("太阳能灯", "Solar lamp"),
}
HAZARD_KINDS: Final = {
    "fire_load": Text("堆物堵道", "Fire load"),
    "old_wiring": Text("线路老化", "Old wiring"),
    "blocked_lane": Text("消防道堵塞", "Blocked fire lane"),
    "stray_charging": Text("飞线充电", "Stray-cable charging"),
    "subsidence": Text("地面塌陷", "Subsidence"),
    "lamp_out": Text("路灯不亮", "Lamp out"),
    "unlit_alley": Text("巷道无灯", "Unlit alley"),
    "property": Text("物业问题", "Property"),
    "other": Text("其他", "Other"),
}
SEVERITIES: Final = _same(重大="Major", 较大="Serious", 一般="General", 低="Low")
HAZARD_STATUSES: Final = {
    "reported": Text("上报", "Reported"),
    "opened": Text("立案", "Opened"),
    "dispatched": Text("派遣", "Dispatched"),
    "handling": Text("处置中", "Handling"),
    "handled": Text("待核查", "Waiting for recheck"),
    "rechecked": Text("核查通过", "Rechecked"),
    "returned": Text("返工", "Returned"),
    "closed": Text("结案", "Closed"),
    "declined": Text("不予受理", "Declined"),
    "duplicate": Text("重复", "Duplicate"),
}
OPEN_STATUSES: Final = (
    "reported",
    "opened",
    "dispatched",
    "handling",
    "handled",
    "rechecked",
    "returned",
)
NIGHT_RESULTS: Final = {
    "lit": Text("有灯", "Lit"),
    "unlit": Text("无灯", "Unlit"),
    "partly": Text("部分有灯", "Partly lit"),
}
STATION_KINDS: Final = _same(
    党群服务站="Service station", 暖心驿站="Warm station", 幸福驿站="Happiness station"
)
FACILITY_KINDS: Final = {
    "charging_shed": Text("充电车棚", "Charging shed"),
    "hydrant": Text("消火栓", "Hydrant"),
    "micro_fire_station": Text("微型消防站", "Micro fire station"),
    "aed": Text("AED 急救设备", "AED"),
    "assembly_point": Text("应急集合点", "Assembly point"),
    "spare_room": Text("闲置用房", "Spare room"),
}
GROUND_KINDS: Final = {
    "land": Text("街区", "Block"),
    "park": Text("游园", "Park"),
    "water": Text("水面", "Water"),
    "play": Text("操场", "Playground"),
    "plaza": Text("广场", "Plaza"),
    "school": Text("学校", "School"),
    "hospital": Text("医院", "Hospital"),
    "office": Text("机关", "Office"),
    "market": Text("市场", "Market"),
}
CONTEXT_KINDS: Final = {
    "road": Text("道路", "Road"),
    "building": Text("建筑", "Building"),
    "water": Text("水面", "Water"),
    "park": Text("绿地", "Green"),
}
GATE_KINDS: Final = {"main": Text("大门", "Main gate"), "side": Text("便门", "Side gate")}
PATH_KINDS: Final = {"lane": Text("院内车道", "Yard lane"), "path": Text("院内小路", "Yard path")}
