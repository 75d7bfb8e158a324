"""Whether the compiled loops of the optional extra ``scale`` are there and worth their start."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Final

# Below this numpy takes less than a tenth of a second: less than importing numba does.
_WORTH: Final = 100_000


def kernel(size: int) -> ModuleType | None:
    """Return `light_kernel` for `size` segments and lamps together, None where numpy will do.

    Examples
    --------
    >>> kernel(1_000) is None
    True
    """
    return _loaded() if size >= _WORTH else None


@cache
def _loaded() -> ModuleType | None:
    """Return `light_kernel`, None where numba is not installed or refuses the numpy that is."""
    try:
        return import_module("wangge.analysis.light_kernel")
    except ImportError:
        return None
