"""Cases on paper: the sheet says what the page says, the list what was asked for."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from pages import _case_paper, case
from pages._case_filter import Post, Wanted, find
from tests.pages import journaled
from wangge.analysis.worklist import worklist
from wangge.store.desk import Draft
from wangge.store.dossier import dossier
from wangge.store.home import journal_at
from wangge.text import LANGS

NOW = journaled.NOW


def read(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def jpeg():
    held = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(held, "JPEG")
    return held.getvalue()


@pytest.mark.parametrize("lang", LANGS)
def test_the_sheet_of_a_case_tells_its_facts_and_its_story(where, lang):
    draft = Draft(
        113.0494, 36.0502, "old_wiring", "较大", "电线裸露", compound_id="C19", grid_id="G5"
    )
    made = journaled.ticking(where).report(draft, key="a", photos=[jpeg()])
    journaled.ticking(where).step(made.id, "open", key="b")
    view = journaled.view(where, lang)
    held = dossier(journal_at(where), made.id)
    told = read(_case_paper.one(view, held, case._facts(view, held), journal_at(where)))
    assert made.id in told
    assert "电线裸露" in told
    assert ("立案" if lang == "zh" else "Open a case") in told
    assert ("处置前" if lang == "zh" else "Before") in told


@pytest.mark.parametrize("lang", LANGS)
def test_the_printed_list_says_what_was_asked_for(where, lang):
    view = journaled.view(where, lang)
    wanted = Wanted("overdue", kind="old_wiring", grid="", q="院")
    found = find(view.community, wanted, Post("书记"), NOW)
    told = read(_case_paper.several(view, found.rows, wanted))
    assert len(found.rows) == 2
    assert all(ident in told for ident in found.rows.index)
    assert ("超期、线路老化" if lang == "zh" else "Overdue, Old wiring") in told
    assert "“院”" in told


def test_a_very_long_list_is_cut_at_the_most_urgent(where):
    view = journaled.view(where)
    rows = view.community.derive(worklist)
    many = rows.loc[[*rows.index] * 12]
    told = read(_case_paper.several(view, many, Wanted("all")))
    assert "1,000" in told
