"""Map layers: every module here that does not start with ``_`` is one layer."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from layers._layer import CLASS, MARKS, Class, Layer, Style
from wangge.domain.roles import Role

__all__ = ["CLASS", "MARKS", "Class", "Layer", "Style", "find_all", "offered"]


def find_all() -> tuple[Layer, ...]:
    """Import every layer module and return their `LAYER`s in drawing order."""
    names = [m.name for m in iter_modules(__path__) if not m.name.startswith("_")]
    found: list[Layer] = [import_module(f"{__name__}.{name}").LAYER for name in names]
    return tuple(sorted(found, key=lambda layer: (layer.order, layer.id)))


def offered(page: str, role: Role) -> tuple[Layer, ...]:
    """Return the layers that `page` may draw for `role`, in drawing order."""
    return tuple(layer for layer in find_all() if role in layer.roles and layer.page in {"", page})
