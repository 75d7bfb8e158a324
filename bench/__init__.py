"""Measurements: each module here prints ``name: value unit`` lines, run by ``make bench``."""
