"""A list of cases as a printed table, on turned pages."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from papers._listing import listing
from papers._paper import MM
from papers._sheet import SMALL, Sheet
from papers._words import long_date
from wangge.text import Lang, Text

COUNT: Final = Text("共 {n} 条", "{n} cases")
EMPTY: Final = Text("没有符合条件的案件。", "No case meets the conditions.")
MORE: Final = Text(
    "只印前 {shown} 条，还有 {left} 条没有印出。请缩小筛选范围，或导出 Excel。",
    "Only the first {shown} are printed, {left} are left out. Narrow the filter, or use Excel.",
)


def case_list(
    title: str, cases: pd.DataFrame, *, today: date, lang: Lang, under: str = "", note: str = ""
) -> bytes:
    """Return a list of cases as PDF.

    Parameters
    ----------
    title
        What is listed.
    cases
        n >= 0 rows in the order they are printed; the names of the columns are the heads, the
        index is left out.  Whatever is private has been cut before.
    today
        The day it is printed.
    lang
        Language of the sheet.
    under
        A line under the title, such as the filter that was set.
    note
        A sentence at the foot of every page, such as that the data are synthetic.
    """
    sheet = Sheet(title, lang=lang, day=today, note=note, turned=True)
    told = (under, COUNT.fill(n=f"{len(cases):,}").in_(lang), long_date(today).in_(lang))
    sheet.title(title, under=["·".join(part for part in told if part)])
    if cases.empty:
        sheet.paragraph(EMPTY.in_(lang))
        return sheet.finish()
    left = listing(sheet, cases)
    if left:
        sheet.gap(2 * MM)
        shown = f"{len(cases) - left:,}"
        sheet.paragraph(MORE.fill(shown=shown, left=f"{left:,}").in_(lang), SMALL)
    return sheet.finish()
