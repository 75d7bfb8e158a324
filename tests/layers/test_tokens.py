"""The colour tokens keep their promises: contrast (WCAG 2) and difference to every eye."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert

from layers._tokens import CHART_COLOURS, TOKENS

MODES = ("light", "dark")
KINDS = ("normal", "deuteranomaly", "protanomaly", "tritanomaly")
LEAST = 7.0  # CAM02-UCS; below 5 two colours are hard to tell apart


def rgb(colour):
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255


def contrast(one, other):
    """Return the WCAG 2 contrast ratio of two colours, from the formula itself."""

    def luminance(colour):
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in rgb(colour)]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def seen(colour, kind):
    """Return a colour in CAM02-UCS as a full dichromat sees it (Machado 2009)."""
    space = "sRGB1"
    if kind != "normal":
        space = {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    return cspace_convert(np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1), "sRGB1", "CAM02-UCS")  # fmt: skip # noqa: E501


def apart(one, other, kind):
    return float(np.linalg.norm(seen(one, kind) - seen(other, kind)))


def test_the_measures_themselves():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert apart("#FF0000", "#FF0000", "normal") == 0
    assert apart("#B00000", "#4A6A00", "deuteranomaly") < apart("#B00000", "#4A6A00", "normal")


# token, ground, ratios of the table in light and dark
TEXTS = [
    ("text", "page", 15.9, 15.6),
    ("text2", "page", 7.1, 9.1),
    ("text3", "page", 5.3, 6.0),
    ("accent", "page", 6.3, 11.7),
    ("gap", "page", 9.1, 8.0),
    ("major_text", "page", 7.5, 7.4),
    ("serious_text", "page", 6.3, 10.7),
    ("general_text", "page", 6.3, 14.0),
    ("low_text", "page", 6.6, 11.2),
    ("ok", "page", 6.1, 9.3),
]
SYMBOLS = [
    ("major", "m_parcel", 5.1, 4.8),
    ("serious", "m_parcel", 3.3, 7.7),
    ("m_wall", "m_parcel", 3.0, 3.4),
    ("m_label", "m_parcel", 8.5, 10.6),
    ("m_label2", "m_parcel", 5.1, 5.5),
    ("unsurveyed", "m_parcel", 4.6, 5.7),
]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("row", TEXTS, ids=lambda row: row[0])
def test_words_can_be_read(mode, row):
    token, ground, *ratios = row
    found = contrast(TOKENS[mode][token], TOKENS[mode][ground])
    assert found >= 4.5
    assert found == pytest.approx(ratios[MODES.index(mode)], abs=0.15)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("row", SYMBOLS, ids=lambda row: row[0])
def test_symbols_stand_out_from_the_ground(mode, row):
    token, ground, *ratios = row
    found = contrast(TOKENS[mode][token], TOKENS[mode][ground])
    assert found >= 2.95
    assert found == pytest.approx(ratios[MODES.index(mode)], abs=0.6)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("edge", ["general_edge", "low_edge"])
def test_a_light_symbol_has_a_dark_edge(mode, edge):
    """In dark mode the symbol itself is bright and the edge melts into the ground."""
    token = edge.removesuffix("_edge") if mode == "dark" else edge
    assert contrast(TOKENS[mode][token], TOKENS[mode]["m_parcel"]) >= 5


@pytest.mark.parametrize("mode", MODES)
def test_the_base_map_is_quiet(mode):
    tokens = TOKENS[mode]
    for token in ("m_road", "m_bld", "m_inst", "m_green", "m_water", "m_play", "m_plaza"):
        assert contrast(tokens[token], tokens["m_parcel"]) <= 2.2, token


@pytest.mark.parametrize("mode", MODES)
def test_ink_can_be_read_on_the_accent(mode):
    tokens = TOKENS[mode]
    assert contrast(tokens["on_accent"], tokens["accent"]) >= 4.5
    assert contrast(tokens["halo"], tokens["major"]) >= 4.5


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", MODES)
def test_point_classes_differ_to_every_eye(mode, kind):
    points = [
        TOKENS[mode][name] for name in ("major", "serious", "general", "low", "accent", "gap")
    ]
    least = min(apart(*pair, kind) for pair in combinations(points, 2))
    assert least >= LEAST


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", MODES)
def test_line_classes_differ_to_every_eye(mode, kind):
    lines = [TOKENS[mode][name] for name in ("gap", "unsurveyed", "m_grid")]
    assert min(apart(*pair, kind) for pair in combinations(lines, 2)) >= LEAST


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("mode", MODES)
def test_chart_series_differ_to_every_eye(mode, kind):
    assert min(apart(*pair, kind) for pair in combinations(CHART_COLOURS[mode], 2)) >= LEAST


def test_both_modes_have_the_same_names():
    assert set(TOKENS["light"]) == set(TOKENS["dark"])
    for mode in MODES:
        assert all(len(colour) == 7 and colour[0] == "#" for colour in TOKENS[mode].values())
