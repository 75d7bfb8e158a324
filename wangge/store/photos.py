"""From the bytes somebody uploads to a photo that is safe to keep and to show.

What is kept is drawn anew from the pixels alone, so nothing else of the upload survives: no
position, no camera, no preview, no comment, no file hidden behind the picture.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import Final

from PIL import Image

from wangge.domain.rules import rule
from wangge.text import Text

_READ: Final = ("JPEG", "PNG", "WEBP")  # a JPEG with more pictures behind it is read as its first
_BEGINS: Final = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP", re.DOTALL)
_HEIF: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_ORIENTATION: Final = 0x0112  # of EXIF
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUALITIES: Final = (85, 75, 65, 55)
_SHRINK: Final = 0.75  # of an edge, when the lowest quality is still too large
_DEEP: Final = 256  # a 16-bit grey is this many 8-bit ones
_MB, _KB, _MILLION = 1_000_000, 1_000, 1_000_000
_FAULTS: Final = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # all that Pillow's readers are known to raise on broken or hostile files

NOTHING: Final = Text(
    "照片是空的。请重新拍摄或选择。", "The photo is empty. Take or choose it again."
)
TOO_HEAVY: Final = Text(
    "照片 {size} MB，超过上限 {limit} MB，没有保存。请在手机相册里压缩后再选，或用普通画质重拍。",
    "The photo has {size} MB, more than {limit} MB, and was not kept. Choose a smaller one, or "
    "take it again at normal quality.",
)
TOO_WIDE: Final = Text(
    "照片 {width} × {height} 像素，超过上限 {limit} 百万像素，没有保存。请关闭高像素模式重拍，"
    "或选一张较小的。",
    "The photo is {width} × {height} pixels, more than {limit} million, and was not kept. Take it "
    "again without the high-resolution mode, or choose a smaller one.",
)
HEIF: Final = Text(
    "这是 HEIC（高效）格式的照片，不能读取，没有保存。请在手机的相机设置里把格式改为“兼容性最佳”后"
    "重拍，或截屏后上传截图。",
    "This photo is in the HEIC (high efficiency) format, which cannot be read; it was not kept. "
    "Set the camera to “most compatible” and take it again, or upload a screenshot of it.",
)
NO_PHOTO: Final = Text(
    "这个文件不是可以读取的照片，没有保存。请选 JPEG、PNG 或 WebP 照片。",
    "This file is no photo that can be read; it was not kept. Choose a JPEG, PNG or WebP photo.",
)
BROKEN: Final = Text(
    "照片没有传完整或已损坏，没有保存。请在信号好的地方重新选择，或重拍一张。",
    "The photo is cut short or damaged and was not kept. Choose it again where the signal is good, "
    "or take another.",
)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo safe to keep: a baseline RGB ``jpeg`` without any metadata, and its size in pixels.

    The same upload gives the same bytes.
    """

    jpeg: bytes
    width: int
    height: int


def safe_photo(data: bytes) -> Photo | Text:
    r"""Return the photo in `data`, or why it cannot be taken in and what to do.

    It is turned upright as its EXIF says, its longest edge is at most rule ``photo_edge_px``, its
    file at most rule ``photo_kb``; transparency becomes white, an animation its first picture.
    Colours are kept as they are written, whatever profile they were meant for.

    Parameters
    ----------
    data
        An upload, of any size and content.

    Returns
    -------
    Photo or Text
        Never raises on bad data: a file that is no photo, is cut short, is larger than rules
        ``photo_upload_mb`` and ``photo_megapixels`` or of an unread format gives a sentence.

    Examples
    --------
    >>> safe_photo(b"PK\x03\x04 a zip named photo.jpg").en[:40]
    'This file is no photo that can be read; '
    """
    if why := _unread(data):
        return why
    try:
        image = Image.open(io.BytesIO(data), formats=_READ)
    except _FAULTS:
        return BROKEN if _BEGINS.match(data) else NO_PHOTO
    with image:
        most = rule("photo_megapixels").value
        width, height = image.size
        if width * height > most * _MILLION:
            return TOO_WIDE.fill(width=width, height=height, limit=f"{most:g}")
        try:
            return _kept(_upright(image))
        except (*_FAULTS, MemoryError):
            return BROKEN


def _unread(data: bytes) -> Text | None:
    """Return why `data` is not even opened, or None."""
    limit = rule("photo_upload_mb").value
    if len(data) > limit * _MB:
        return TOO_HEAVY.fill(size=round(len(data) / _MB, 1), limit=f"{limit:g}")
    if not data:
        return NOTHING
    return HEIF if data[4:8] == b"ftyp" and data[8:12] in _HEIF else None


def _upright(image: Image.Image) -> Image.Image:
    """Return the pixels of `image` in RGB, no larger than kept, turned as its EXIF says."""
    edge = int(rule("photo_edge_px").value)
    image.draft("RGB", (edge, edge))  # a JPEG is decoded no finer than needed
    image.load()
    turn = _turn(image)
    if image.mode.startswith("I"):  # 16-bit grey
        image = image.convert("I").point(lambda grey: grey / _DEEP).convert("L")
    mode = "RGBA" if image.has_transparency_data else "RGB"
    layer = image if image.mode == mode else image.convert(mode)
    layer.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=3.0)
    bare = Image.new("RGB", layer.size, "white")
    bare.paste(layer, mask=layer.getchannel("A") if mode == "RGBA" else None)
    return bare if turn is None else bare.transpose(turn)


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Return how `image` must be turned to stand upright; broken EXIF says nothing."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except _FAULTS:
        return None


def _kept(image: Image.Image) -> Photo:
    """Write `image` as finely as rule ``photo_kb`` lets it, at a lower quality, then smaller."""
    most = rule("photo_kb").value * _KB
    while True:
        for quality in _QUALITIES:
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality, optimize=True)
            if file.tell() <= most or max(image.size) == 1:
                return Photo(file.getvalue(), image.width, image.height)
        width, height = (max(1, int(edge * _SHRINK)) for edge in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS)
