"""What is seen gets done: three posts, three servers, one journal, from the report to the close.

One story on both engines, taken through the screens alone. A grid worker reports old wiring on a
phone; it is on the secretary's map within seconds, who sends it to the power company; they handle
it with a photo and are refused the recheck; the worker rechecks, the secretary closes. An auditor
and another program read the journal meanwhile. Then every server is killed, and all of it stands.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE as USUAL
from tests.browser.conftest import ROOT, start
from tests.browser.onmap import MAP, pixel
from tests.ports import free_port
from wangge.domain.crs import lonlat
from wangge.store.files import read
from wangge.store.home import FILE

pytestmark = pytest.mark.browser
WITHIN = 5_000  # ms, the promise
PATIENCE = 30_000  # ms for all that nothing is promised of; generous, the machine may be busy
PHONE = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2}
HEADING = '[data-testid="heading"]'
LINE = '[data-testid="timeline"] li'
COMPOUND, COMPOUND_ID = "五金公司院", "C21"
CAMERA = "Spy camera 9"
SECRETARY, WORKER, POWER = "书记", "第五网格网格员", "区供电公司"
POSTS = {
    SECRETARY: {"WANGGE_ROLE": "secretary"},
    WORKER: {"WANGGE_ROLE": "worker", "WANGGE_GRID": "G5"},
    POWER: {"WANGGE_ROLE": "worker", "WANGGE_ACTOR": POWER},
}
STORY = [  # as the time line tells it, the last first
    ("结案", SECRETARY),
    ("核查通过", WORKER),
    ("处置完成，反馈", POWER),
    ("开始处置", POWER),
    ("派遣", SECRETARY),
    ("立案", SECRETARY),
    ("上报", WORKER),
]


@dataclass
class Office:
    """A journal, and a server for each post, all of which share it."""

    folder: Path
    where: str  # a PostgreSQL URL, or empty for a file
    ports: dict[str, int] = field(default_factory=lambda: {post: free_port() for post in POSTS})
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        return self.folder / "shared" / FILE

    @property
    def dsn(self) -> str:
        return self.where.replace("+psycopg", "", 1)

    def settings(self) -> dict[str, str]:
        home = {"WANGGE_HOME": str(self.file.parent)}
        return home | ({"WANGGE_DB": self.where} if self.where else {})

    def base(self, post: str) -> str:
        """Return the address of a post's server."""
        return f"http://127.0.0.1:{self.ports[post]}"

    def open(self) -> None:
        """Start the servers, all at once, each where it was before."""
        with ThreadPoolExecutor() as hands:
            list(hands.map(self.start, POSTS))

    def start(self, post: str) -> None:
        own = self.folder / post
        own.mkdir(exist_ok=True)
        settings = self.settings() | POSTS[post]
        self.running[post], _ = start(own, settings, port=self.ports[post])

    def kill(self) -> None:
        """End every server at once, as a power cut does."""
        for process in self.running.values():
            process.send_signal(signal.SIGKILL)
        for process in self.running.values():
            assert process.wait(10) == -signal.SIGKILL
        self.running.clear()

    def verify(self) -> str:
        """Prove the journal from the command line, as an auditor does; return what it says."""
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("WANGGE_")}
        done = subprocess.run(
            [sys.executable, "-m", "wangge", "verify"],
            cwd=ROOT,
            env=inherited | self.settings(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def status(self, ident: str) -> str:
        """Return the state of a case as another program reads it while the servers run."""
        source = f"PG:{self.dsn}" if self.where else str(self.file)
        command = ["ogrinfo", "-ro", "-q", source, "cases", "-where", f"id = '{ident}'"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        assert "POINT (" in done.stdout
        (found,) = re.findall(r"^ +status \(String\) = (\w+)$", done.stdout, re.MULTILINE)
        return found

    def photos(self, ident: str) -> list[bytes]:
        """Return the photos of a case, byte by byte as they are stored, in the order taken."""
        query = f"SELECT jpeg FROM photos WHERE subject = 'cases/{ident}' ORDER BY seq"
        if self.where:
            with psycopg.connect(self.dsn) as database:
                return [bytes(row[0]) for row in database.execute(query)]
        with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as database:
            return [row[0] for row in database.execute(query)]


@pytest.fixture(autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=USUAL)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request, tmp_path):
    where = "" if request.param == "sqlite" else request.getfixturevalue("postgres").fresh()
    held = Office(tmp_path, where)
    held.file.parent.mkdir()
    try:
        held.open()
        yield held
    finally:
        held.kill()


def photographed(name: str, colour: str) -> dict[str, object]:
    """A photo that says where and with what it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 3.0, 7.52), 3: "E", 4: (113.0, 2.0, 58.1)})
    exif[0x0110] = CAMERA
    held = io.BytesIO()
    Image.new("RGB", (1600, 1200), colour).save(held, "JPEG", exif=exif)
    assert CAMERA.encode() in held.getvalue()
    return {"name": name, "mimeType": "image/jpeg", "buffer": held.getvalue()}


def choose(page: Page, press: Locator, photo: dict[str, object]) -> None:
    """Press what chooses a photo, and choose one."""
    with page.expect_file_chooser() as waiting:
        press.click()
    waiting.value.set_files(photo)


def spot() -> tuple[float, float]:
    """Longitude and latitude of a place in the compound."""
    compounds = read(ROOT / "data" / "geo").community.compounds
    return lonlat(compounds.geometry[COMPOUND_ID].representative_point())


def report(phone: Page, base: str) -> str:
    """Report old wiring in the compound on a phone, and return the number it got."""
    phone.goto(f"{base}/report")
    phone.wait_for_selector(f'{MAP}[data-painted="true"]')
    phone.touchscreen.tap(*pixel(phone, *spot()))
    expect(phone.locator(".place")).to_contain_text(COMPOUND)
    phone.get_by_text("线路老化", exact=True).tap()
    phone.get_by_text("较大", exact=True).tap()
    phone.get_by_label("补充（可不填）").fill("二单元楼道电线裸露")
    choose(phone, phone.get_by_text("选照片"), photographed("before.jpg", "brown"))
    photo, send = phone.get_by_role("img", name="第 1 张照片"), phone.locator(".foot")
    expect(photo).to_be_visible()
    seen, over = photo.bounding_box(), send.bounding_box()
    assert seen["y"] + seen["height"] <= over["y"], "what was photographed is not hidden"
    phone.get_by_role("button", name="上报", exact=True).tap()
    number = phone.locator('[data-testid="number"]')
    expect(number).to_have_text(re.compile(r"^\d{6}-\d\d$"))
    return number.inner_text()


class Overview:
    """The secretary's map, open on a desk, and what it shows."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.map = page, page.locator(MAP)
        page.goto(base)
        page.wait_for_selector(f'{MAP}[data-painted="true"]')
        page.wait_for_selector('[data-testid="age"][data-state="live"]')
        page.evaluate("document.querySelector('[data-testid=stApp]').dataset.kept = 'yes'")
        figure = page.locator('[data-testid="figures"] .w-card', has_text="未结隐患")
        self.open = figure.locator(".v")
        self.before = int(re.search(r"\d+", self.open.inner_text())[0])
        self.drawn = json.loads(self.map.get_attribute("data-drawn"))["hazards"]

    def gains_a_hazard(self) -> None:
        """See one more in figures and on the map, on the very page that was opened."""
        more = re.compile(rf'"hazards":{self.drawn + 1}\b')
        expect(self.map).to_have_attribute("data-drawn", more, timeout=WITHIN)
        expect(self.open).to_contain_text(str(self.before + 1), timeout=WITHIN)
        expect(self.page.locator('[data-kept="yes"]')).to_have_count(1)

    def opens(self, ident: str) -> None:
        """Press the symbol, and go from there to the case."""
        self.page.mouse.click(*pixel(self.page, *spot()))
        expect(self.map).to_have_attribute("data-selected", f"hazards/{ident}")
        self.page.get_by_role("link", name="打开案件").click()
        self.page.wait_for_url(f"**/case?id={ident}")


def take(page: Page, step: str, now: str) -> None:
    """Press the next step, and see what became of it."""
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text(f"已办：{step}。")).to_be_visible()
    expect(page.locator(HEADING)).to_contain_text(now)
    expect(page.locator(LINE).first).to_contain_text(step)


def dispatch(desk: Page) -> None:
    """Open the case and send it to the power company."""
    take(desk, "立案", "立案")
    desk.get_by_label("派给", exact=True).click()
    desk.get_by_role("option", name=POWER).click()
    take(desk, "派遣", "派遣")


def find(phone: Page, base: str, ident: str) -> None:
    """Come to the case from the list of one's own on a phone."""
    phone.goto(f"{base}/cases")
    phone.locator(".card", has_text=COMPOUND).tap()
    expect(phone.locator("[data-testid=board] section:visible")).to_have_count(1)
    phone.get_by_role("link", name="打开案件").tap()
    phone.wait_for_url(f"**/case?id={ident}")


def handle(phone: Page) -> None:
    """Handle the case, with a photo of how it was left."""
    choose(phone, phone.get_by_role("button", name="选照片"), photographed("after.jpg", "teal"))
    expect(phone.get_by_text("after.jpg")).to_be_visible()
    take(phone, "处置完成，反馈", "待核查")


def told(page: Page) -> list[str]:
    """Return the time line of an open case, and see that it is the whole story."""
    lines = page.locator(LINE)
    expect(lines).to_have_count(len(STORY))
    for line, (step, post) in zip(lines.all(), STORY, strict=True):
        expect(line.locator("b")).to_have_text(step)
        expect(line.locator("span").first).to_have_text(post)
    expect(page.locator(HEADING)).to_contain_text("结案")
    expect(page.get_by_text("案件已结案。")).to_be_visible()
    return lines.all_inner_texts()


def shown(page: Page) -> list[str]:
    """Return the digests of the photos in the time line, the last first, each seen to be drawn."""
    images = page.locator(f"{LINE} img").all()
    for image in images:
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("naturalWidth", 1600)
    return [re.search(r"(\w+)\.jpg", image.get_attribute("src"))[1] for image in images]


def test_what_a_worker_sees_gets_done_and_outlives_a_power_cut(office, open_page, seen):
    overview = Overview(open_page(), office.base(SECRETARY))
    desk = overview.page
    phone, other = open_page(390, 844, **PHONE), open_page(390, 844, **PHONE)

    ident = report(phone, office.base(WORKER))
    overview.gains_a_hazard()
    assert office.status(ident) == "reported"

    overview.opens(ident)
    dispatch(desk)
    assert office.status(ident) == "dispatched"

    find(other, office.base(POWER), ident)
    take(other, "开始处置", "处置中")
    handle(other)
    assert office.status(ident) == "handled"
    refusal = "谁处置的案件，不能由谁核查：请另一位同事去看。"
    expect(other.get_by_text(refusal)).to_be_visible()
    expect(other.get_by_role("button", name="核查通过")).to_have_count(0)

    phone.get_by_role("link", name="看这一件").tap()
    take(phone, "核查通过", "核查通过")
    expect(phone.get_by_text("结案由书记、规划专干办理。")).to_be_visible()
    expect(desk.locator(HEADING)).to_contain_text("核查通过", timeout=WITHIN)
    take(desk, "结案", "结案")

    expect(other.locator(LINE)).to_have_count(len(STORY), timeout=WITHIN)
    story, photos = told(desk), office.photos(ident)
    assert [hashlib.sha256(one).hexdigest() for one in reversed(photos)] == shown(desk)
    sealed = office.verify()
    assert office.status(ident) == "closed"
    assert seen.errors == []

    office.kill()
    office.open()
    for one in photos:
        with Image.open(io.BytesIO(one)) as image:
            assert dict(image.getexif()) == {}
        assert CAMERA.encode() not in one
        assert b"Exif" not in one
    for screen in (desk, phone, other):
        screen.reload()
        assert told(screen) == story
        assert len(shown(screen)) == len(photos) == 2
    assert office.photos(ident) == photos
    assert office.verify() == sealed
    assert office.status(ident) == "closed"
