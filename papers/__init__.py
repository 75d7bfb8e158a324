"""Printed sheets as PDF bytes: every module here that does not start with ``_`` is one sheet.

A sheet knows no screen.  It receives plain values and communities already cut to the role.
"""
