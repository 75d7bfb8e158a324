"""Cases on paper: what the sheet of one case and the printed list are given."""

from __future__ import annotations

import pandas as pd

from layers._words import WORDS
from pages._case_filter import FACETS, TABS, Wanted
from pages._case_list import LABELS, table, where_of
from pages._case_log import entries, stamp
from pages._page import View
from pages._row import name_of
from papers._photos import Picture
from papers.case_list import case_list
from papers.case_sheet import CaseFile, case_sheet
from wangge.domain.terms import HAZARD_KINDS, HAZARD_STATUSES, SEVERITIES
from wangge.store.dossier import Dossier
from wangge.store.journal import Journal
from wangge.text import Text

MOST = 1000  # rows of a printed list
_STEPS = (
    Text("时间", "When"),
    Text("办理", "What"),
    Text("岗位", "Post"),
    Text("内容", "Said"),
)


def one(view: View, held: Dossier, facts: list[tuple[Text, Text]], journal: Journal) -> bytes:
    """Return the sheet of a case as PDF; `facts` are those its page shows."""
    case, t = held.case, view.t
    kind = HAZARD_KINDS.get(case.kind, Text(case.kind, case.kind))
    severity = SEVERITIES.get(case.severity, Text(case.severity, case.severity))
    first = [
        (Text("编号", "Id"), Text(case.id, case.id)),
        (Text("等级", "Severity"), severity),
        (Text("状态", "State"), HAZARD_STATUSES[case.status]),
        (Text("地点", "Place"), where_of(view, case)),
    ]
    own = view.community.cases
    spot = own[own.index == case.id].get_coordinates().to_numpy(float)
    place = (float(spot[0, 0]), float(spot[0, 1])) if len(spot) else None
    sides = ((Text("处置前", "Before"), held.before), (Text("处置后", "After"), held.after))
    pictures = [
        Picture(t(said), data)
        for said, digests in sides
        for digest in digests
        if (data := journal.photo(digest)) is not None
    ]
    sheet = CaseFile(
        title=f"{t(kind)} {case.id}",
        facts=[(t(label), t(value)) for label, value in (*first, *facts) if t(value)],
        steps=_steps(view, held),
        place=place,
        severity=case.severity,
        pictures=pictures,
    )
    return case_sheet(view.community, sheet, today=view.today, lang=view.lang)


def several(view: View, rows: pd.DataFrame, wanted: Wanted) -> bytes:
    """Return the list of the cases asked for as PDF, the most urgent of very many."""
    t = view.t
    held = table(rows.head(MOST), view.now, view.lang)
    held["sign"] = [
        f"{sign} {t(SEVERITIES[word])}" if word in SEVERITIES else str(word)
        for sign, word in zip(held["sign"], rows["severity"].head(MOST), strict=True)
    ]
    held = held.rename(columns={name: t(text) for name, text in LABELS.items()})
    held.insert(0, t(Text("编号", "Id")), held.index)
    return case_list(
        t(Text("案件清单", "Cases")),
        held,
        today=view.today,
        lang=view.lang,
        under=t(_asked(view, wanted)),
        note=t(WORDS["synthetic"]) if view.community.synthetic else "",
    )


def _steps(view: View, held: Dossier) -> pd.DataFrame:
    """Return what was done, oldest first."""
    heads = [view.t(text) for text in _STEPS]
    told = [
        (
            stamp(entry.when, view.now),
            view.t(entry.what),
            entry.by,
            "\n".join(view.t(text) for text in entry.told),
        )
        for entry in reversed(entries(held.events, view.now))
    ]
    return pd.DataFrame(told, columns=heads)


def _asked(view: View, wanted: Wanted) -> Text:
    """Return in words which cases are listed."""
    terms = {"kind": HAZARD_KINDS, "severity": SEVERITIES, "state": HAZARD_STATUSES}
    found = [TABS[wanted.tab]]
    for name in FACETS:
        code = getattr(wanted, name)
        if code and name in terms:
            found.append(terms[name][code])
        elif code:
            frame = view.community.grids if name == "grid" else view.community.compounds
            found.append(Text(name_of(frame, code), name_of(frame, code)))
    if wanted.q:
        found.append(Text(f"“{wanted.q}”", f"“{wanted.q}”"))
    return Text("、".join(text.zh for text in found), ", ".join(text.en for text in found))
