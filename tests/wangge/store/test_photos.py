"""Uploads of every kind, honest and hostile: a safe JPEG or a sentence, never an exception."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from wangge.domain.rules import rule
from wangge.store import photos
from wangge.store.photos import Photo, safe_photo
from wangge.text import Text

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning:PIL")
EDGE = int(rule("photo_edge_px").value)
SECRET = b"SECRET-PLACE-36.0524"


def picture(width=60, height=40, mode="RGB"):
    """Return a picture whose upper left corner is red, the rest a slope of grey."""
    grey = np.linspace(40, 200, width * height).reshape(height, width)
    held = np.stack([grey] * 3, axis=-1).astype("uint8")
    held[: height // 3, : width // 3] = (220, 20, 20)
    return Image.fromarray(held).convert(mode)


def saved(image, kind="JPEG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(photo):
    assert isinstance(photo, Photo), photo
    image = Image.open(io.BytesIO(photo.jpeg))
    image.load()
    assert image.format == "JPEG"
    assert image.size == (photo.width, photo.height)
    return image


def segments(jpeg):
    """Return the markers of a JPEG with their contents, and what follows its end."""
    at, found = 2, []
    while True:
        mark, size = struct.unpack(">HH", jpeg[at : at + 4])
        found.append((mark, jpeg[at + 4 : at + 2 + size]))
        at += 2 + size
        if mark == 0xFFDA:
            end = jpeg.index(b"\xff\xd9", at)
            return found, jpeg[end + 2 :]


def with_everything(kind):
    """Return a picture with a position, a camera, a preview, a profile, a comment and XMP."""
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()  # camera
    exif[0x9C9C] = SECRET  # Windows' comment
    exif.get_ifd(0x8769)[0x927C] = SECRET  # maker's note
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (36.0, 3.0, 8.64), 3: "E", 4: (113.0, 3.0, 24.12), 29: "2026:11:25"})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    options = {"exif": exif, "icc_profile": profile}
    if kind == "JPEG":
        options |= {"comment": SECRET, "xmp": b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"}
    held = saved(picture(), kind, **options)
    assert Image.open(io.BytesIO(held)).getexif().get_ifd(0x8825)[2] == (36.0, 3.0, 8.64)
    assert SECRET in held
    return held


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_byte_of_the_position_survives(kind):
    found = safe_photo(with_everything(kind))
    image = opened(found)
    assert not image.getexif()
    assert not image.getexif().get_ifd(0x8825)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (SECRET, b"Exif", b"GPS", b"http", b"ICC", b"xmp", b"2026"):
        assert trace not in found.jpeg
    held, rest = segments(found.jpeg)
    # JFIF's own header, tables, a baseline frame and the scan; no APP1-15, no comment.
    assert {mark for mark, _ in held} == {0xFFE0, 0xFFDB, 0xFFC0, 0xFFC4, 0xFFDA}
    assert held[0][1] == b"JFIF\0\1\1\0\0\1\0\1\0\0"
    assert rest == b""


@pytest.mark.parametrize("turn", range(1, 9))
def test_stands_upright_as_the_camera_was_held(turn):
    """A viewer that honours EXIF and our JPEG show the red corner in the same place."""
    exif = Image.Exif()
    exif[0x0112] = turn
    image = np.asarray(opened(safe_photo(saved(picture(), exif=exif, quality=95)))).astype(int)
    red = (image[..., 0] - image[..., 1] > 100).nonzero()
    middle = (red[0].mean() / image.shape[0], red[1].mean() / image.shape[1])
    corners = {1: "↖", 2: "↗", 3: "↘", 4: "↙", 5: "↖", 6: "↗", 7: "↘", 8: "↙"}
    wanted = {"↖": (0, 0), "↗": (0, 1), "↘": (1, 1), "↙": (1, 0)}[corners[turn]]
    assert (round(middle[0]), round(middle[1])) == wanted
    assert image.shape[:2] == ((40, 60) if turn <= 4 else (60, 40))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (EDGE, EDGE), (EDGE + 1, 9), (2400, 1800)])
def test_any_size_comes_out_within_the_limits(kind, size):
    found = safe_photo(saved(picture(*size), kind))
    image = opened(found)
    assert max(image.size) == min(EDGE, max(size))
    assert len(found.jpeg) <= rule("photo_kb").value * 1000
    if min(size) > 100:
        assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_noise_is_written_coarser_until_it_fits():
    noise = np.random.default_rng(1).integers(0, 255, (1500, 1600, 3), dtype="uint8")
    found = safe_photo(saved(Image.fromarray(noise), "JPEG", quality=70))
    image = opened(found)
    assert len(found.jpeg) <= rule("photo_kb").value * 1000
    assert image.width > 500


def test_the_pixels_are_those_of_the_upload():
    image = picture(300, 200)
    found = np.asarray(opened(safe_photo(saved(image, "PNG")))).astype(int)
    assert np.abs(found - np.asarray(image)).mean() < 3


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_mode_of_pixels(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    grey = mode in {"1", "L", "LA", "I;16"}
    image = picture(mode="L" if grey else "RGB")
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image).astype("uint16") * 257)
    else:
        image = image.quantize(256) if mode == "P" else image.convert(mode)
    found = np.asarray(opened(safe_photo(saved(image, kind)))).astype(int)
    wanted = np.asarray(picture(mode="L").convert("RGB") if grey else picture()).astype(int)
    if mode == "1":
        wanted = np.asarray(picture(mode="L").convert("1").convert("RGB")).astype(int)
    assert np.abs(found - wanted).mean() < 12


def test_what_is_clear_is_white():
    image = Image.new("RGBA", (30, 20), (0, 0, 0, 0))
    assert np.asarray(opened(safe_photo(saved(image, "PNG")))).min() > 250
    black = Image.new("RGB", (30, 20)).quantize(4)
    held = saved(black, "PNG", transparency=black.getpixel((0, 0)))
    assert np.asarray(opened(safe_photo(held))).min() > 250


def test_an_animation_is_its_first_picture():
    frames = [Image.new("RGB", (30, 20), colour) for colour in ("red", "blue")]
    for kind in ("PNG", "WEBP"):
        held = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        red, _, blue = opened(safe_photo(held)).getpixel((10, 10))
        assert red - blue > 200
    held = saved(frames[0], "MPO", save_all=True, append_images=frames[1:])
    assert opened(safe_photo(held)).getpixel((10, 10))[0] > 200


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as held:
        held.writestr("evil.js", SECRET * 3)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    "tail", [zipped(), b"<script>alert('" + SECRET + b"')</script>", b"%PDF-1.7 " + SECRET]
)
def test_what_hides_behind_a_picture_is_gone(kind, tail):
    found = safe_photo(saved(picture(), kind) + tail)
    assert opened(found).size == (60, 40)
    assert segments(found.jpeg)[1] == b""
    for trace in (SECRET, b"PK\3\4", b"<script", b"%PDF"):
        assert trace not in found.jpeg


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "data",
    [
        zipped(),
        SVG,
        b"<!doctype html><script>alert(1)</script>",
        b"GIF89a/*" + b"\0" * 40 + b"*/=alert(1)",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"MZ\x90\0" + b"\0" * 200,
        b"\0" * 5000,
        "照片".encode(),
        saved(picture(), "GIF"),
        saved(picture(), "TIFF"),
        saved(picture(), "BMP"),
    ],
)
def test_what_is_no_photo_is_refused(data):
    assert safe_photo(data) is photos.NO_PHOTO


def test_nothing_and_heic_have_their_own_sentence():
    assert safe_photo(b"") is photos.NOTHING
    assert safe_photo(b"\0\0\0\x24ftypheic" + b"\0" * 99) is photos.HEIF


@pytest.mark.parametrize("data", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x24\0\0\0WEBPVP8 "])
def test_a_photo_of_which_little_came_is_broken(data):
    assert safe_photo(data) is photos.BROKEN


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_cut_short_is_refused(kind):
    whole = saved(picture(300, 200), kind)
    for share in (0.3, 0.6, 0.9):
        assert safe_photo(whole[: int(len(whole) * share)]) is photos.BROKEN


def png(width, height, data=b""):
    """Return a PNG that says it is so wide and high."""

    def chunk(name, held):
        crc = zlib.crc32(name + held)
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8100, 8100), (40000, 2000)])
def test_too_many_pixels_are_refused_before_they_are_unpacked(size):
    told = safe_photo(png(*size))
    assert isinstance(told, Text)
    assert str(size[0]) in told.zh
    assert "65" in told.en


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(12000, 9000), (50000, 50000), (2**31 - 1, 2**31 - 1)])
def test_a_bomb_does_not_go_off(size):
    assert isinstance(safe_photo(png(*size)), Text)


def test_a_small_file_that_unpacks_to_text_without_end():
    """A comment of 100 MB packed into 100 kB is not unpacked."""
    held = saved(picture(), "PNG")
    bomb = b"Comment\0\0" + zlib.compress(b"A" * 100_000_000)
    crc = struct.pack(">I", zlib.crc32(b"zTXt" + bomb))
    chunk = struct.pack(">I", len(bomb)) + b"zTXt" + bomb + crc
    assert safe_photo(held[:33] + chunk + held[33:]) is photos.BROKEN


def test_too_heavy_is_refused_unread():
    limit = int(rule("photo_upload_mb").value)
    told = safe_photo(saved(picture()) + b"\0" * limit * 1_000_000)
    assert str(limit) in told.zh


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damage_anywhere_never_raises(kind):
    rng = np.random.default_rng(5)
    whole = np.frombuffer(with_everything(kind), dtype="uint8")
    outcomes = set()
    for _ in range(150):
        held = whole.copy()
        spots = rng.integers(0, len(held), rng.integers(1, 12))
        held[spots] = rng.integers(0, 256, len(spots))
        found = safe_photo(held.tobytes())
        outcomes.add(type(found))
        if isinstance(found, Photo):
            assert SECRET not in found.jpeg
    assert outcomes <= {Photo, Text}


def test_broken_exif_costs_the_turn_and_not_the_picture():
    held = saved(picture(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert opened(safe_photo(held)).size == (60, 40)


def test_the_same_upload_gives_the_same_bytes():
    held = with_everything("JPEG")
    assert safe_photo(held) == safe_photo(held)
