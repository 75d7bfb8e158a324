"""Errors a caller may want to catch; all derive from `WanggeError`."""

from __future__ import annotations


class WanggeError(Exception):
    """Base of every error this package raises on purpose."""


class CRSError(WanggeError, ValueError):
    """Geometry is not in the metric coordinate system the function needs."""


class RuleError(WanggeError, KeyError):
    """A rule is asked for that the rules file does not hold, or the file is malformed."""


class PhotometryError(WanggeError, ValueError):
    """A photometric file cannot be read: cut short, malformed, or of a kind that is not read."""
