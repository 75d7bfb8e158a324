"""From what a browser sends to a case: nothing in it is believed before it was looked at.

The browser says where, what and how grave; which compound and grid that is, and what the place is
called, is found here, so that a report written without a network comes in like any other.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from wangge.analysis.spot import Spot, spot_at
from wangge.community import Community
from wangge.domain.actors import tag_of
from wangge.domain.case_kinds import WRITTEN, answers_of, told
from wangge.domain.cases import Case
from wangge.domain.rules import rule
from wangge.domain.workdays import PLACE
from wangge.errors import RefusedError
from wangge.store.desk import Desk, Draft
from wangge.store.events import clean
from wangge.store.photos import safe_photo
from wangge.text import Text

UNREADABLE: Final = Text(
    "这次上报的内容读不出来，没有收下。请刷新页面后再报一次。",
    "This report could not be read and was not taken. Reload the page and report again.",
)
OTHER_POST: Final = Text(
    "这一件是以另一个岗位填写的，没有收下。请换回那个岗位再上报。",
    "This was written as another post and was not taken. Go back to that post to report it.",
)
CHANGED: Final = Text(
    "这一件先前已经收到；后来改动的内容没有写入，请在案件页留言补充。",
    "This had already come in; what was changed since was not added. Say it on the page of the "
    "case.",
)
REFUSED_PHOTO: Final = Text("第 {n} 张照片没有收下：{why}", "Photo {n} was not kept: {why}")
TOO_MANY: Final = Text(
    "最多 {n} 张照片，其余没有收下。", "{n} photos at most; the others were not kept."
)
AGAIN: Final = Text("再次看到，仍未解决。", "Seen again, not yet solved.")
_KEYS: Final = (16, 64)  # characters
_HUGE: Final = 1e14  # beyond degrees, and milliseconds that still are a date


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: the case, whether it was only added to, and what its author must know."""

    case: Case
    added: bool
    photos: int
    remarks: tuple[Text, ...]


def take_in(wish: object, community: Community, desk: Desk) -> Taken:
    """Carry out a report once, however often it comes.

    Parameters
    ----------
    wish
        ``key``, ``by`` (see `wangge.domain.actors.tag_of`), ``written`` (ms since 1970), ``lon``,
        ``lat``, ``asset``, ``kind``, ``severity``, ``note``, ``answers``, ``photos`` (base64) and
        ``to`` (a case to add to; empty: a new one).
    community
        Where it lies; not shown to anybody.
    desk
        Of the post that reports.

    Raises
    ------
    RefusedError
        If it cannot be a case; the sentence says what to mend.
    JournalError
        If it could not be kept; it may be sent again.
    """
    if not isinstance(wish, Mapping) or not _key(wish):
        raise RefusedError(UNREADABLE)
    if _words(wish, "by") != tag_of(desk.actor):
        raise RefusedError(OTHER_POST)
    photos, remarks = _photos(wish.get("photos"))
    given = wish.get("answers")
    answers = answers_of(_words(wish, "kind"), given if isinstance(given, Mapping) else {})
    if to := _words(wish, "to"):
        case = _add(desk, to, wish, answers, photos)
        return Taken(case, added=True, photos=len(photos), remarks=remarks)
    spot = spot_at(community, _number(wish, "lon"), _number(wish, "lat"), _words(wish, "asset"))
    if isinstance(spot, Text):
        raise RefusedError(spot)
    draft = _draft(wish, spot, {**answers, **_late(wish, desk.clock())})
    case = desk.report(draft, key=_key(wish), photos=photos)
    same = (case.kind, case.severity, case.note) == (
        draft.kind,
        draft.severity,
        clean(draft.note),
    )
    return Taken(
        case, added=False, photos=len(photos), remarks=remarks if same else (*remarks, CHANGED)
    )


def _draft(wish: Mapping[str, Any], spot: Spot, answers: Mapping[str, str]) -> Draft:
    return Draft(
        lon=spot.lon,
        lat=spot.lat,
        kind=_words(wish, "kind"),
        severity=_words(wish, "severity"),
        note=_words(wish, "note").strip(),
        asset=spot.asset,
        place=spot.says.zh,
        compound_id=spot.compound_id,
        grid_id=spot.grid_id,
        answers=answers,
    )


def _add(
    desk: Desk,
    to: str,
    wish: Mapping[str, Any],
    answers: Mapping[str, str],
    photos: Sequence[bytes],
) -> Case:
    """Say on an existing case what would have been a report of the same thing."""
    said = _words(wish, "note").strip() or AGAIN.zh
    longest = rule("note_longest").value
    for label, words in told(_words(wish, "kind"), answers):
        fact = f"；{label.zh}：{words.zh}"
        said += fact if len(said) + len(fact) <= longest else ""
    return desk.step(to, "say", values={"reason": said}, key=_key(wish), photos=photos)


def _late(wish: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Return when it was written, if that was a while ago and not before such reports expire."""
    written = _number(wish, "written")
    if math.isnan(written):
        return {}
    least = timedelta(minutes=rule("report_late_minutes").value)
    most = timedelta(days=rule("report_unsent_days").value)
    ago = timedelta(milliseconds=now.timestamp() * 1000 - written)
    if not least <= ago <= most:
        return {}
    at = datetime.fromtimestamp(written / 1000, UTC).astimezone(PLACE)
    return {WRITTEN: f"{at:%Y-%m-%d %H:%M}"}


def _photos(given: object) -> tuple[tuple[bytes, ...], tuple[Text, ...]]:
    """Return the photos that are safe to keep, and a sentence for each that is not."""
    sent = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    most = int(rule("report_photos").value)
    kept: list[bytes] = []
    remarks: list[Text] = []
    for number, one in enumerate(sent[:most], 1):
        try:
            photo = safe_photo(base64.b64decode(one, validate=True))
        except binascii.Error:
            photo = safe_photo(b"")
        if isinstance(photo, Text):
            remarks.append(REFUSED_PHOTO.fill(n=number, why=photo))
        else:
            kept.append(photo.jpeg)
    if len(sent) > most:
        remarks.append(TOO_MANY.fill(n=most))
    return tuple(kept), tuple(remarks)


def _key(wish: Mapping[str, Any]) -> str:
    """Return the key of a wish, or nothing if it is none."""
    key = _words(wish, "key")
    least, most = _KEYS
    plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if least <= len(key) <= most and plain else ""


def _words(wish: Mapping[str, Any], name: str) -> str:
    value = wish.get(name)
    return value if isinstance(value, str) else ""


def _number(wish: Mapping[str, Any], name: str) -> float:
    """Return a number of any use, else NaN."""
    value = wish.get(name)
    fits = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _HUGE
    return float(value) if fits else math.nan  # type: ignore[arg-type]  # by `fits`
