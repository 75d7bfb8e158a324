from __future__ import annotations

from pathlib import Path

import layers
from layers._docs import FILE, generated

ROOT = Path(layers.__file__).parents[1]


def test_the_page_of_layers_is_not_stale():
    assert (ROOT / FILE).read_text("utf-8") == generated()[FILE], "run `make docs`"


def test_the_page_names_every_layer_and_column():
    text = generated()[FILE]
    for layer in layers.find_all():
        assert f"`{layer.id}`" in text
        assert all(f"`{name}`" in text for name in layer.sent())
