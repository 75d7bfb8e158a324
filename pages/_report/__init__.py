"""Reporting: a form that lives in the browser, with or without a network."""

from __future__ import annotations

from pages._report.host import NAMED, form

__all__ = ["NAMED", "form"]
