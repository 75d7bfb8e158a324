"""What a person sees when a page breaks: one sentence, what to do, and a number to quote."""

from __future__ import annotations

import logging
import secrets
from typing import Final

import streamlit as st

from wangge.text import Lang, Text

LOG: Final = logging.getLogger("wangge.pages")
BROKEN: Final = Text(
    "这一页出了错，其余页面照常可用。请刷新页面；如果仍然出错，请把编号 {number} 告诉管理员。",
    "This page has failed; the other pages still work. Please reload it; if it fails again, "
    "give the number {number} to your administrator.",
)


def tell(error: Exception) -> bool:
    """Log `error` under a short number and show that number in place of a traceback.

    The message never repeats the error's own text, which may hold a resident's data.

    Returns
    -------
    bool
        True, which tells Streamlit not to draw the error itself.
    """
    number = secrets.token_hex(3).upper()
    LOG.error("page error %s", number, exc_info=error)
    lang: Lang = "en" if st.query_params.get("lang") == "en" else "zh"
    st.warning(BROKEN.fill(number=number).in_(lang))
    return True
