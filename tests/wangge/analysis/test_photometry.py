"""Photometric tables, against closed forms, real files, and files cut or broken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wangge.analysis.photometry import Photometry, read_ies, read_ldt
from wangge.errors import PhotometryError

FILES = Path(__file__).parents[2] / "data" / "photometry"


def ies(name):
    return (FILES / name).read_text("latin-1")


def lambertian(step=1.0, flux=1000.0):
    gamma = np.arange(0, 90 + step, step)
    return gamma, flux / np.pi * np.cos(np.radians(gamma))


def as_ies(c, gamma, candela, *, factor=1.0, tilt="NONE", kind=1, ballast=(1, 1)):
    numbers = [1, 1000, factor, len(gamma), len(c), kind, 2, 0, 0, 0, *ballast, 50, *gamma, *c]
    numbers += list(np.ravel(candela))
    words = [f"{value:.9g}" for value in numbers]
    rows = [" ".join(words[k : k + 8]) for k in range(0, len(words), 8)]
    return "\r\n".join(["IESNA:LM-63-2002", "[TEST] made", f"TILT={tilt}", *rows])


def as_ldt(c, gamma, candela, symmetry, flux=1000.0):
    """Write an EULUMDAT file: `c` are all half-planes, `candela` only those symmetry leaves."""
    head = ["maker", "1", str(symmetry), str(len(c)), "0", str(len(gamma)), "1"]
    head += ["report", "name", "number", "file", "date", *["0"] * 9, "100", "100", "1.0", "0", "1"]
    lamps = ["1", "LED", f"{flux:g}", "4000K", "80", "50"]
    numbers = [*[0.5] * 10, *c, *gamma, *np.ravel(candela)]
    return "\n".join([*head, *lamps, *[f"{x:.9g}" for x in numbers]])


def test_lumens_of_a_lambertian_table():
    gamma, candela = lambertian()
    table = read_ies(as_ies([0], gamma, candela))
    assert table.lumens() == pytest.approx(1000, rel=1e-4)
    assert table.intensity([0, 60, 90, 120]) == pytest.approx(
        [1000 / np.pi, 500 / np.pi, 0, 0], abs=1e-5
    )


def test_lumens_of_a_sphere_that_shines_everywhere():
    table = Photometry(np.array([0.0]), np.array([0.0, 90.0, 180.0]), np.full((1, 3), 10.0))
    assert table.lumens() == pytest.approx(40 * np.pi)


def test_real_files_keep_the_flux_they_name():
    # the file names 91.6 before its multiplier of 1.32
    assert read_ies(ies("sample_A.ies")).lumens() == pytest.approx(91.6 * 1.32, rel=0.01)
    narrow = read_ies(ies("LLIA001477-002.ies"))
    assert narrow.candela.shape == (9, 361)
    assert narrow.intensity(0.0) > narrow.intensity(22.0) > narrow.intensity(80.0)


@pytest.mark.parametrize("name", ["sample_A.ies", "LLIA001477-002.ies"])
def test_lumens_against_a_fine_sum_over_the_sphere(name):
    table = read_ies(ies(name))
    gamma = np.linspace(0, 180, 18_001)
    middle = (gamma[1:] + gamma[:-1]) / 2
    zone = 2 * np.pi * -np.diff(np.cos(np.radians(gamma)))
    assert table.lumens() == pytest.approx((table.intensity(middle) * zone).sum(), rel=5e-3)


def test_factors_multiply():
    gamma, candela = lambertian()
    twice = read_ies(as_ies([0], gamma, candela, factor=2.0))
    assert twice.lumens() == pytest.approx(2000, rel=1e-4)
    less = read_ies(as_ies([0], gamma, candela, ballast=(0.9, 0.5)))
    assert less.lumens() == pytest.approx(450, rel=1e-4)


@pytest.mark.parametrize("planes", [[0, 45, 90], [0, 90, 180], [0, 90, 180, 270, 360]])
def test_symmetric_half_planes_are_found(planes):
    candela = np.array([[100 + 50 * np.cos(np.radians(2 * c))] * 2 for c in planes])
    table = read_ies(as_ies(planes, [0, 90], candela))
    got = table.intensity(45.0, np.array([0.0, 90.0, 180.0, 270.0, -90.0, 720.0]))
    assert got == pytest.approx([150, 50, 150, 50, 50, 150])


def test_a_table_from_c90_over_c180_to_c270():
    table = read_ies(as_ies([90, 180, 270], [0, 90], [[1, 1], [2, 2], [3, 3]]))
    got = table.intensity(10.0, np.array([90, 180, 270, 0, 45, 315]))
    assert got == pytest.approx([1, 2, 3, 2, 1.5, 2.5])


def test_included_tilt_is_passed_over():
    gamma, candela = lambertian()
    text = as_ies([0], gamma, candela, tilt="INCLUDE")
    text = text.replace("TILT=INCLUDE", "TILT=INCLUDE\r\n1\r\n3\r\n0 45 90\r\n1 1 1")
    assert read_ies(text).lumens() == pytest.approx(1000, rel=1e-4)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9])
@pytest.mark.parametrize("name", ["sample_A.ies", "LLIA001477-002.ies"])
def test_a_file_cut_short_says_so(name, share):
    text = ies(name)
    with pytest.raises(PhotometryError, match=r"cut short|no line TILT|not one"):
        read_ies(text[: int(len(text) * share)])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no IES file"),
        ("\x00\x01", "no IES file"),
        ("TILT=lamp.tlt\n1 1", "another file"),
        ("TILT=NONE\n1 1 1 0 1 1 2", "count of angles"),
        ("TILT=NONE\n1 1 1 1e99 1 1 2", "count of angles"),
        ("TILT=NONE\n1 x 1", "not one"),
        (as_ies([0], [0, 90], [1, 1], kind=2), "type C"),
        (as_ies([0], [90, 0], [1, 1]), "rise"),
        (as_ies([0], [0, np.nan], [1, 1]), "rise"),
        (as_ies([0], [0, 90], [1, -1]), "below 0"),
        (as_ies([0], [0, 90], [1, np.nan]), "below 0"),
    ],
)
def test_what_is_no_ies_file_is_explained(text, says):
    with pytest.raises(PhotometryError, match=says):
        read_ies(text)


@pytest.mark.parametrize(
    ("symmetry", "kept"),
    [(0, [0, 90, 180, 270]), (1, [0]), (2, [0, 90, 180]), (3, [90, 180, 270]), (4, [0, 90])],
)
def test_ldt_of_each_symmetry(symmetry, kept):
    gamma, candela = lambertian()
    text = as_ldt([0, 90, 180, 270], gamma, np.tile(candela, (len(kept), 1)), symmetry, 2500.0)
    table = read_ldt(text)
    assert table.lumens() == pytest.approx(2500, rel=1e-4)
    around = table.intensity(60.0, np.array([0, 77, 135, 200, 359]))
    assert around == pytest.approx([2500 / np.pi / 2] * 5)


def test_ldt_and_ies_agree_on_a_lamp_that_faces_one_way():
    gamma = np.array([0.0, 45, 90])
    candela = np.array([[10.0, 20, 0], [10, 40, 0], [10, 5, 0]])
    a = read_ldt(as_ldt([0, 90, 180, 270], gamma, candela, 2))
    b = read_ies(as_ies([0, 90, 180], gamma, candela))
    c = np.arange(0, 360, 15.0)
    assert a.intensity(30.0, c) == pytest.approx(b.intensity(30.0, c))
    assert a.lumens() == pytest.approx(b.lumens())


@pytest.mark.parametrize(
    ("symmetry", "candela", "around"),
    [
        (0, [1, 2, 3, 4], [1, 1.5, 2, 3, 4, 2.5]),
        (3, [2, 3, 4], [3, 2.5, 2, 3, 4, 3.5]),
        (4, [1, 2], [1, 1.5, 2, 1, 2, 1.5]),
    ],
)
def test_ldt_of_a_lamp_that_is_not_the_same_all_around(symmetry, candela, around):
    table = read_ldt(as_ldt([0, 90, 180, 270], [0, 90], [[x, x] for x in candela], symmetry))
    got = table.intensity(30.0, np.array([0, 45, 90, 180, 270, 315]))
    assert got == pytest.approx(around)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.9])
def test_an_ldt_file_cut_short_says_so(share):
    gamma, candela = lambertian()
    text = as_ldt([0, 90, 180, 270], gamma, np.tile(candela, (2, 1)), 4)
    with pytest.raises(PhotometryError, match="cut short"):
        read_ldt(text[: int(len(text) * share)])


def test_an_ldt_file_of_unknown_symmetry():
    with pytest.raises(PhotometryError, match="symmetry"):
        read_ldt(as_ldt([0], [0, 90], [1, 1], 7))
