"""Where and when pictures are drawn: beside the event loop, and not before there is one."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import threading
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.pictures import studio
from bot.pictures.draw import draw
from bot.pictures.drawings import Drawing
from bot.pictures.plate import Form
from bot.pictures.studio import Studio
from tests.test_bot.test_pictures.album import KINDS, every

ROOT = Path(__file__).resolve().parents[3]
START = """
import asyncio, sys
from pathlib import Path
from pydantic import SecretStr
from bot.settings import Settings
from bot.wiring.rooms import opened
from scheduler.clock import StandingClock
from bot.pictures.draw import draw

async def start():
    settings = Settings.model_construct(vault_keys=SecretStr(""), time_zone="UTC", retention_months=24)
    async with opened(settings, Path(sys.argv[1]), [], StandingClock(1_800_000_000)) as rooms:
        await rooms.catch_up()

asyncio.run(start())
print(*sorted({"matplotlib", "numpy", "PIL"} & set(sys.modules)))
from bot.pictures.drawings import Drawing
draw(Drawing("job", (("title", "Posts"), ("names", ("one", "other")), ("posts", (("post", 1, 2),)))))
print("matplotlib" in sys.modules, "matplotlib.pyplot" in sys.modules)
"""


def test_a_start_without_a_picture_does_not_load_the_library(tmp_path: Path) -> None:
    """The first picture does, and only what it needs."""
    command = [sys.executable, "-c", START, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["", "True False"]


@pytest.mark.parametrize("form", ["png", "svg"])
def test_the_same_is_drawn_the_same(form: Form) -> None:
    """To the byte: nothing of the day, of the machine or of chance is in it."""
    drawing = every()["village, twice"]
    assert draw(drawing, form) == draw(drawing, form)


@pytest.mark.parametrize("name", KINDS)
def test_it_can_stand_in_a_page(name: str) -> None:
    """As an element with a name, which asks nobody for anything and repeats no id of another."""
    drawing = every()[name]
    made = draw(drawing, "svg").decode()
    root = ElementTree.fromstring(made)  # noqa: S314 - our own
    assert (root.tag.partition("}")[2], root.get("role"), root.get("aria-label")) == ("svg", "img", drawing.title)
    assert made.startswith("<svg")
    assert not re.search(r"<!--|<script|<image|<text|href=\"(?!#)|url\((?!#)|_\d+\"", made)


def test_it_is_drawn_on_another_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """One after the other, and the event loop goes on meanwhile."""
    begins, goes_on, threads = threading.Event(), threading.Event(), list[str]()

    def held(drawing: Drawing, form: Form = "png") -> bytes:
        threads.append(threading.current_thread().name)
        begins.set()
        assert goes_on.wait(10)
        return draw(drawing, form)

    monkeypatch.setattr(studio, "draw", held)

    async def both() -> list[bytes]:
        there = Studio()
        async with asyncio.TaskGroup() as tasks:
            drawn = [tasks.create_task(there.draw(every()["job"])) for _ in range(2)]
            assert await asyncio.to_thread(begins.wait, 10)
            assert len(threads) == 1
            goes_on.set()
        there.close()
        return [task.result() for task in drawn]

    one, other = asyncio.run(both())
    assert one == other == draw(every()["job"])
    assert set(threads) == {"pictures_0"}


@pytest.mark.parametrize(
    "drawing", [Drawing("nowhere", ()), Drawing("job", (("title", "x"),)), Drawing("job", (("posts", 3),))]
)
def test_what_cannot_be_drawn_raises(drawing: Drawing) -> None:
    """For whoever asked: the words are sent without it."""
    with pytest.raises((KeyError, TypeError)):
        draw(drawing)
