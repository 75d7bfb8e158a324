"""Colours by name, light and dark: the one place Streamlit's theme, map, charts and file use.

Names starting with ``m_`` are the map's own ground; the rest are shared with the pages.
Contrast and colour-blind distances are recomputed by the tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Mode = Literal["light", "dark"]

_PAIRS: Final = {  # name: (light, dark)
    "page": ("#FFFFFF", "#11151B"),
    "panel": ("#FFFFFF", "#171C23"),
    "subtle": ("#F4F5F3", "#1E242D"),
    "border": ("#DDE0DD", "#313A46"),
    "rule": ("#ECEEEB", "#252C36"),
    "text": ("#1A232E", "#E9EDF2"),
    "text2": ("#4E5966", "#AEB8C4"),
    "text3": ("#626C77", "#8A95A3"),
    "accent": ("#0F6B66", "#7FDFD4"),
    "on_accent": ("#FFFFFF", "#0A1517"),
    "accent_tint": ("#E2F0EE", "#17393A"),
    "gap": ("#6119B5", "#C994FF"),
    "gap_tint": ("#F0E8F8", "#2A2140"),
    "major": ("#C3211A", "#FF5A4E"),
    "major_text": ("#A81912", "#FF7E74"),
    "serious": ("#D26200", "#FFA94D"),
    "serious_text": ("#9A4A00", "#FFB866"),
    "general": ("#F0BE1A", "#FFE066"),
    "general_edge": ("#7A5C00", "#11151B"),
    "general_text": ("#7A5C00", "#FFE066"),
    "low": ("#4A97E0", "#A7CEF8"),
    "low_edge": ("#1B4C80", "#11151B"),
    "low_text": ("#2B5F95", "#A7CEF8"),
    "ok": ("#3E6B4F", "#86C79B"),
    "m_out": ("#EDEDE9", "#141A21"),
    "m_land": ("#F9F8F5", "#1A2028"),
    "m_parcel": ("#F1EEE6", "#212934"),
    "m_road": ("#FFFFFF", "#374352"),
    "m_casing": ("#D3D3CC", "#11161C"),
    "m_bld": ("#D5CEBF", "#4B596B"),
    "m_bld_edge": ("#A89F8C", "#6F8096"),
    "m_inst": ("#DCDADF", "#3D4556"),
    "m_inst_edge": ("#B3B0BA", "#596378"),
    "m_wall": ("#8F887A", "#6C7A8C"),
    "m_path": ("#FBFAF7", "#2E3844"),
    "m_green": ("#DAE6CF", "#20342B"),
    "m_tree": ("#BFD3AF", "#2C4938"),
    "m_water": ("#C6DAE5", "#1A3A4B"),
    "m_play": ("#EADFCF", "#3A3530"),
    "m_plaza": ("#F3F0E9", "#2A333F"),
    "m_ctx": ("#E0DFD9", "#262E38"),
    "m_grid": ("#2B3642", "#C4CDD8"),
    "m_label": ("#3A4450", "#D5DCE4"),
    "m_label2": ("#5C6570", "#94A0AE"),
    "halo": ("#FFFFFF", "#11151B"),
    "lamp": ("#FFE08A", "#FFE9A8"),
    "lamp_edge": ("#7A5E12", "#11151B"),
    "unsurveyed": ("#626C77", "#98A3B0"),
}
TOKENS: Final[Mapping[Mode, Mapping[str, str]]] = MappingProxyType(
    {
        "light": MappingProxyType({name: pair[0] for name, pair in _PAIRS.items()}),
        "dark": MappingProxyType({name: pair[1] for name, pair in _PAIRS.items()}),
    }
)
FONTS: Final = '"Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
CHART_COLOURS: Final[Mapping[Mode, tuple[str, ...]]] = MappingProxyType(
    {
        "light": ("#0F6B66", "#AEB5BC", "#6119B5", "#1A232E"),
        "dark": ("#7FDFD4", "#5B6673", "#C994FF", "#FFFFFF"),
    }
)
