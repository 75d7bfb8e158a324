"""Take the pictures the README shows, from the running product: ``make pictures``."""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from bench._server import serving

ROOT: Final = Path(__file__).parents[1]
TARGET: Final = ROOT / "docs" / "pictures"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its name, the address, the window and the theme."""

    name: str
    path: str
    width: int = 1920
    height: int = 1080
    theme: Literal["light", "dark"] = "light"


PICTURES: Final = (
    Picture("overview", "/"),
    Picture("overview-dark", "/?compound=C05", theme="dark"),
    Picture("overview-phone", "/", 390, 844),
    Picture("wall", "/wall"),
)


def take(browser: Browser, base: str, picture: Picture) -> None:
    """Open the page, wait until its map is painted, and store the picture."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme=picture.theme,
        locale="zh-CN",
    )
    page = context.new_page()
    page.goto(base + picture.path)
    page.wait_for_selector('[data-testid="map"][data-painted="true"]', timeout=60_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)  # charts and a flight of the map come to rest
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    image.save(TARGET / f"{picture.name}.png", optimize=True)
    context.close()


def main(wanted: list[str]) -> int:
    """Take every picture, or the named ones; return the exit code."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    TARGET.mkdir(parents=True, exist_ok=True)
    with serving() as (base, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                take(browser, base, picture)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
