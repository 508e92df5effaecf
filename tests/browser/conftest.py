"""Programs that run, and pages that fail the test on any error in their console."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect, sync_playwright

from tests.browser.journey import Couple
from tests.browser.programs import Program, echo, leeway

SCREENSHOTS = Path(__file__).parent / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks everything in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Install chromium: apt-get install chromium"
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where pictures are kept for looking at; git does not keep them."""
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS


@pytest.fixture
def programs() -> Iterator[ExitStack]:
    """What was started for this test; it ends after the pages have closed."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def echoed(tmp_path: Path, programs: ExitStack) -> Program:
    """The playground with an echo in place of the bot, running."""
    return _start(echo(tmp_path), programs)


@pytest.fixture
def seeded(tmp_path: Path, programs: ExitStack) -> Program:
    """The same, with a conversation on both phones."""
    return _start(echo(tmp_path, "seed"), programs)


@pytest.fixture
def whole(tmp_path: Path, programs: ExitStack) -> Program:
    """The whole of Leeway, running."""
    return _start(leeway(tmp_path), programs)


@pytest.fixture
def errors() -> list[str]:
    """What went wrong in a page; a test that expects something of it clears this."""
    return []


@pytest.fixture
def page(chromium: Browser, programs: ExitStack, errors: list[str]) -> Iterator[Page]:
    """A page in Lisbon that may only ask this machine, and whose console stays empty."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, timezone_id="Europe/Lisbon", locale="en-GB")
    made = context.new_page()
    made.on("console", lambda told: errors.append(told.text) if told.type in {"error", "warning"} else None)
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.on("request", lambda request: errors.extend(_elsewhere(request)))
    yield made
    context.close()
    assert errors == []


@pytest.fixture
def couple(page: Page, whole: Program) -> Couple:
    """Ana and Ben, linked, after their first round."""
    page.emulate_media(reduced_motion="reduce")
    made = Couple(page)
    made.first_round(whole)
    made.they_settle()
    return made


def _elsewhere(request: Request) -> list[str]:
    here = urlsplit(request.url).hostname == "127.0.0.1"
    return [] if here else [f"asked for {request.url}"]


def _start(program: Program, programs: ExitStack) -> Program:
    programs.callback(program.stop)
    program.start()
    return program
