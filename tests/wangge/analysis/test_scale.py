"""The compiled loops are taken for a city where numba is there, and missed by nobody."""

from __future__ import annotations

import subprocess
import sys

import pytest

from wangge.analysis import scale


@pytest.fixture(autouse=True)
def _fresh():
    scale._loaded.cache_clear()
    yield
    scale._loaded.cache_clear()


def test_a_city_is_compiled_and_a_community_is_not():
    assert scale.kernel(1_400) is None
    assert scale.kernel(800_000).__name__ == "wangge.analysis.light_kernel"


def test_a_community_never_waits_for_numba():
    """Not even to import it: nothing the product starts with does."""
    asks = "import sys, wangge.analysis.doors, layers; print('numba' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    "error", [ImportError("numba needs an older numpy"), ModuleNotFoundError()]
)
def test_without_numba_numpy_does_it(monkeypatch, error):
    def refuse(name):
        raise error

    monkeypatch.setattr(scale, "import_module", refuse)
    assert scale.kernel(800_000) is None
