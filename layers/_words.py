"""The words of the map's own controls and messages, in both languages; they travel in the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from wangge.text import Lang, Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "map": Text("社区地图", "Community map"),
        "zoom_in": Text("放大", "Zoom in"),
        "zoom_out": Text("缩小", "Zoom out"),
        "fit": Text("回到全貌", "Show all"),
        "fullscreen": Text("全屏", "Full screen"),
        "fullscreen_exit": Text("退出全屏", "Leave full screen"),
        "measure": Text("测距", "Measure"),
        "measure_help": Text(
            "点击取点，双击结束，退格撤销一点，Esc 取消",
            "Click to add points, double-click to finish, Backspace to undo, Esc to cancel",
        ),
        "measure_total": Text("全长", "Length"),
        "print": Text("打印", "Print"),
        "close": Text("关闭", "Close"),
        "back": Text("返回", "Back"),
        "theme_light": Text("浅色", "Light"),
        "theme_dark": Text("深色", "Dark"),
        "layers": Text("图层", "Layers"),
        "legend": Text("图例", "Legend"),
        "from_nearer": Text("放大后显示", "zoom in to see"),
        "scale": Text("比例尺", "Scale"),
        "north": Text("北", "N"),
        "metre": Text("米", "m"),
        "kilometre": Text("公里", "km"),
        "yes": Text("是", "Yes"),
        "no": Text("否", "No"),
        "unknown": Text("–", "–"),
        "none_selected": Text("未选中", "Nothing selected"),
        "count": Text("{n} 处", "{n}"),
        "stack": Text("{n} 处重叠", "{n} together"),
        "synthetic": Text("演示数据，均为合成", "Demo data, all synthetic"),
        "boundary": Text("边界仅供示意", "Boundaries are schematic"),
        "made_on": Text("制图日期", "Made on"),
        "loading": Text("正在读取地图", "Reading the map"),
        "still_loading": Text("仍在读取{name}", "Still reading {name}"),
        "loading_long": Text(
            "读取时间过长。请检查网络，或刷新页面。",
            "This takes too long. Check the network or reload the page.",
        ),
        "retrying": Text(
            "地图数据没有取到，正在重试…", "The map data did not arrive; trying again…"
        ),
        "failed": Text(
            "地图数据没有取到。请检查网络后刷新页面，其余内容照常可用。",
            "The map data did not arrive. Check the network and reload; the rest still works.",
        ),
        "paint_failed": Text(
            "地图没有画出来。请刷新页面；仍不行请告诉管理员。",
            "The map could not be drawn. Reload the page; if it stays, tell the administrator.",
        ),
        "no_script": Text(
            "此文件需要在浏览器中打开，并允许运行脚本。",
            "Open this file in a browser that may run scripts.",
        ),
        "before": Text("现状", "As it is"),
        "after": Text("方案", "As planned"),
        "divider": Text(
            "现状与方案的分界，左右移动",
            "Divider between as it is and as planned: move it sideways",
        ),
        "two_fingers": Text("两指可移动和缩放地图", "Move and zoom the map with two fingers"),
        "pin": Text(
            "图钉，可拖动，也可用方向键移动", "Pin: drag it, or move it with the arrow keys"
        ),
        "locate": Text("定位", "Locate me"),
        "locating": Text("正在定位…", "Finding your position…"),
        "locate_denied": Text(
            "没有得到定位许可。请在浏览器设置里允许，或直接在地图上点选。",
            "Locating was not allowed. Allow it in the browser's settings, or tap the map.",
        ),
        "locate_unavailable": Text(
            "现在定不到位置。请到开阔处再试，或直接在地图上点选。",
            "No position can be found now. Try again in the open, or tap the map.",
        ),
        "locate_timeout": Text(
            "定位用时过长，已停止。请再试一次，或直接在地图上点选。",
            "Locating took too long and was stopped. Try again, or tap the map.",
        ),
        "locate_insecure": Text(
            "浏览器只在 https 地址下提供定位。请直接在地图上点选。",
            "Browsers give a position to https addresses only. Please tap the map.",
        ),
        "locate_outside": Text(
            "定位到的地方离社区 {far}，没有采用。请直接在地图上点选。",
            "The position found is {far} from the community and was not used. Please tap the map.",
        ),
        "empty": Text("没有可显示的内容。", "There is nothing to show."),
    }
)


def words(lang: Lang) -> dict[str, str]:
    """Return every word in `lang`, by name.

    Examples
    --------
    >>> words("en")["zoom_in"]
    'Zoom in'
    """
    return {name: text.in_(lang) for name, text in WORDS.items()}
