"""Errors a caller may want to catch; all derive from `WanggeError`."""

from __future__ import annotations

from wangge.text import Text


class WanggeError(Exception):
    """Base of every error this package raises on purpose."""


class CRSError(WanggeError, ValueError):
    """Geometry is not in the metric coordinate system the function needs."""


class RuleError(WanggeError, KeyError):
    """A rule is asked for that the rules file does not hold, or the file is malformed."""


class PhotometryError(WanggeError, ValueError):
    """A photometric file cannot be read: cut short, malformed, or of a kind that is not read."""


class RefusedError(WanggeError):
    """Something a person asked for is not possible; ``why`` says so in their language."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class JournalError(RefusedError):
    """The journal cannot be opened, read or written; ``why`` says what still holds and to do."""


class DamagedError(JournalError):
    """The journal's file is not whole: only a backup brings it back."""


class ChainError(RefusedError):
    """The chain of events is broken; ``why`` names the first bad row."""
