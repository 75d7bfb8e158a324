"""Revisions of the journal's tables, in order; each does what it did when it was written.

A revision is never edited once released: whatever changes is a new file, ``r<number>_<what>.py``.
Tables that hold geometry only ever gain columns, so that a map drawn on them keeps working.
"""
