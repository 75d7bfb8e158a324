"""The Python half of the form: what it shows and knows, mounted as a component.

The browser half keeps what is written, sends it to ``server/report.py`` by itself, and needs
nothing from here but words; this half answers where a pin stands and what is open around it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import streamlit as st

from pages import _press
from pages._map.host import base_path
from pages._report.words import PHOTO_WORDS, WORDS
from wangge.analysis.spot import ASSETS
from wangge.domain.case_kinds import QUESTIONS, Question, usual_kind
from wangge.domain.rules import rule
from wangge.domain.terms import HAZARD_KINDS, SEVERITIES
from wangge.text import Lang

HERE: Final = Path(__file__).parent
KEY: Final = "report_form"
USUAL: Final = "一般"  # the severity of who is in doubt
NAMED: Final = tuple(name for name in ASSETS if name not in {"alleys", "compounds"})  # by a tap
_TAPPED: Final = ("streetlights", "shops")  # what a tap on one of these most likely reports


def version() -> str:
    """Return a digest of the form's scripts; it is part of their address."""
    digest = blake2b(digest_size=8)
    for path in sorted(HERE.glob("*.js")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def boot(module: str) -> str:
    """Return the script of a component that lives in `module`, tried again if it does not come."""
    return f"""
const at = new URL("{base_path()}/report/form/{version()}/{module}.js", location.origin).href;
const load = (left) => import(left === 3 ? at : `${{at}}?again=${{left}}`).catch((error) => {{
  if (!left) throw error;
  return new Promise((wake) => setTimeout(wake, 1000)).then(() => load(left - 1));
}});
let held;
export default async (component) => {{
  try {{
    return (await (held ??= load(3))).default(component);
  }} catch (error) {{
    held = undefined;
    throw error;
  }}
}};
"""


_mount = st.components.v2.component(
    "wangge_report", html='<div data-testid="report"></div>', js=boot("form")
)


def form(
    lang: Lang,
    *,
    post: str,
    at: Mapping[str, Any] | None,
    opened: str,
    near: Sequence[Mapping[str, Any]],
    case_link: str,
    on_moved: Callable[[Mapping[str, Any]], None],
) -> None:
    """Show the form.

    Parameters
    ----------
    lang
        Language of the words.
    post
        Tag of the post that reports: drafts are kept by it.
    at
        Where the pin is: ``tapped`` (where somebody pointed, degrees), ``lon``, ``lat``,
        ``accuracy``, ``asset``, ``name``, ``kind`` and the words ``says`` and ``where``.
    opened
        The place as the address has it.
    near
        Open cases around it.
    case_link
        Address of a case with ``{id}``; empty: there is no such page.
    on_moved
        Called with where the form wants the pin, or ``clear``.
    """

    def moved() -> None:
        told = _press.told_by(KEY).get("moved")
        if isinstance(told, Mapping):
            on_moved(told)

    _mount(
        key=KEY,
        data={
            **_words(lang),
            "post": post,
            "lang": lang,
            "send": f"{base_path()}/report/send?lang={lang}",
            "at": at,
            "opened": opened,
            "near": [*near],
            "links": {"case": case_link},
            "beat": time.monotonic_ns(),  # so that each run is heard, even one that says the same
            "assets": [*NAMED],
            "usual": {name: usual_kind(name) for name in _TAPPED},
        },
        on_moved_change=moved,
    )


def limits() -> dict[str, Any]:
    """Return the rules the browser half keeps to."""
    number = {
        name: rule(name).value
        for name in ("note_longest", "report_photos", "report_draft_hours", "report_unsent_days")
    }
    return {
        "note": int(number["note_longest"]),
        "photos": int(number["report_photos"]),
        "draft_hours": number["report_draft_hours"],
        "unsent_days": number["report_unsent_days"],
        "photo": {
            "edge": int(rule("photo_edge_px").value),
            "kb": rule("photo_kb").value,
            "upload_mb": rule("photo_upload_mb").value,
            "megapixels": rule("photo_megapixels").value,
        },
    }


def _words(lang: Lang) -> dict[str, Any]:
    """Return all that only depends on the language."""
    held = limits()
    words: dict[str, Any] = {name: text.in_(lang) for name, text in WORDS.items()}
    words["too_many"] = words["too_many"].replace("{most}", str(held["photos"]))
    words["unsent"] = words["unsent"].replace("{days}", f"{held['unsent_days']:g}")
    words["photo"] = {name: text.in_(lang) for name, text in PHOTO_WORDS.items()}
    return {
        "words": words,
        "limits": held,
        "severity": USUAL,
        "kinds": [
            {
                "id": kind,
                "label": label.in_(lang),
                "questions": [_asked(one, lang) for one in QUESTIONS[kind]],
            }
            for kind, label in HAZARD_KINDS.items()
        ],
        "severities": [
            {"id": name, "label": label.in_(lang), "grave": True}
            for name, label in reversed(SEVERITIES.items())
        ],
    }


def _asked(question: Question, lang: Lang) -> dict[str, Any]:
    return {
        "id": question.id,
        "asks": question.asks.in_(lang),
        "form": question.form,
        "options": [{"id": one, "label": t.in_(lang)} for one, t in question.options.items()],
        "unit": question.unit.in_(lang),
        "whole": question.whole,
        "low": question.low,
        "high": question.high,
        "unless": question.unless,
    }
