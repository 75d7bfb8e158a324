"""What a person sees when a page breaks: one sentence, what to do, and a number to quote."""

from __future__ import annotations

import logging
import os
import secrets
from typing import Final

import streamlit as st

from wangge.errors import JournalError
from wangge.store.home import advice
from wangge.text import Lang, Text

LOG: Final = logging.getLogger("wangge.pages")
BROKEN: Final = Text(
    "这一页出了错，其余页面照常可用。请刷新页面；如果仍然出错，请把编号 {number} 告诉管理员。",
    "This page has failed; the other pages still work. Please reload it; if it fails again, "
    "give the number {number} to your administrator.",
)
NO_JOURNAL: Final = Text(
    "日志现在不能读写，此前确认过的都还在。请把编号 {number} 告诉管理员。",
    "The journal cannot be read or written now; what was confirmed before is safe. Give the number "
    "{number} to your administrator.",
)
_LEADS: Final = ("secretary", "planner")  # who may be told of folders and servers


def tell(error: Exception) -> bool:
    """Log `error` under a short number and show that number in place of a traceback.

    The message never repeats the error's own text, which may hold a resident's data; only what is
    wrong with the journal is told in its own sentence, to those who run the office.

    Returns
    -------
    bool
        True, which tells Streamlit not to draw the error itself.
    """
    number = secrets.token_hex(3).upper()
    LOG.error("page error %s", number, exc_info=error)
    lang: Lang = "en" if st.query_params.get("lang") == "en" else "zh"
    if not isinstance(error, JournalError):
        st.warning(BROKEN.fill(number=number).in_(lang))
    elif os.environ.get("WANGGE_ROLE", "secretary") in _LEADS:
        st.error(advice(error).in_(lang))
    else:
        st.error(NO_JOURNAL.fill(number=number).in_(lang))
    return True
