"""`/metrics`, as whoever runs the bot reads it: a conversation is counted, and nothing of it can be read there."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import StoreError
from bot.wiring.figures import Figures, Now
from bot.wiring.http import health
from scheduler.clock import SystemClock
from tests.browser.programs import Program, free_port
from tests.doubles.telegram.double import TOKEN, Double
from tests.doubles.telegram.methods import RefusedError
from tests.doubles.telegram.objects import Person
from tests.doubles.telegram.program import PATIENCE, ready
from tests.test_program.test_power_cuts_telegram import ANA1, BEN1, Ahead, Street, first_round

ANA, BEN = Person(7_111_222_333, "Mirabelle"), Person(7_444_555_666, "Quentin")
UP_TO_THE_OPENING = 8  # steps of the first round
SMALL = 1_000  # a number below it is a count, as far as anybody can tell
DIGITS = re.compile(r"\d+")


def _numbers(path: Path) -> set[str]:
    """Every number in a store: ids of people, accounts, chats, couples, sessions, messages, and times."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [cell for name in tables for row in database.execute(f"SELECT * FROM {name}") for cell in row]  # noqa: S608
    return {found for cell in cells for found in DIGITS.findall(str(cell)) if int(found) >= SMALL}


async def _played(folder: Path, port: int) -> tuple[str, Double]:
    """The first round, and what `/metrics` says after it."""
    double = Double(SystemClock().now)
    async with ready(double, folder, PATIENCE, HTTP_PORT=str(port), PLAYGROUND="1") as program:
        double.faults["sendMessage"].append(RefusedError(429, "Too Many Requests: retry after 1", retry_after=1))
        await program.start()
        for act, shows in islice(first_round(Street(program, Ahead(), Random(1)), ANA, BEN), UP_TO_THE_OPENING):
            act()
            await double.until(shows)
        await double.all_confirmed()
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            answer = await client.get("/metrics")
    assert answer.status_code == httpx.codes.OK
    return answer.text, double


def test_a_conversation_is_counted_and_nothing_of_it_is_told(tmp_path: Path) -> None:
    """Commands, words, taps and sends have a number; no word, no name, no id and no token stands there. The playground,
    where nothing happens, runs beside it and changes none of that."""
    page, double = asyncio.run(_played(tmp_path, free_port()))
    families = text_string_to_metric_families(page)
    figures = {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}
    assert figures["leeway_turns_total", "command"] == 2
    assert figures["leeway_turns_total", "typed"] == 2
    assert figures["leeway_turns_total", "pressed"] >= 4
    assert figures["leeway_turn_seconds_count", "reply"] == figures["leeway_heard_seconds_count",] >= 8
    assert figures["leeway_sends_total", "sent", "telegram"] >= len(double.bots)
    assert figures["leeway_sends_total", "limited", "telegram"] == 1
    assert figures["leeway_hears", "telegram"] == 1
    assert ("leeway_hears", "playground") not in figures
    assert figures["process_resident_memory_bytes",] > 0

    for marker in (ANA1, BEN1, ANA.name, BEN.name, TOKEN, str(ANA.id), str(BEN.id), "start="):
        assert marker not in page
    assert {*DIGITS.findall(page)} & _numbers(tmp_path / "leeway.db") == set()


def test_the_playground_tells_its_own(program: Program) -> None:
    """Where there is nobody else; to this machine alone."""
    program.start()
    with httpx.Client(base_url=program.address) as client:
        page = client.get("/metrics")
        elsewhere = client.get("/metrics", headers={"Host": "leeway.example"})
    assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert 'leeway_hears{platform="playground"} 1.0' in page.text
    assert elsewhere.status_code == httpx.codes.BAD_REQUEST


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1", 200), ("[::1]:8080", 200), ("127.1.2.3:8080", 200), ("leeway.example", 400)]
)
def test_without_a_page_it_is_for_this_machine_too(host: str, status: int) -> None:
    """A page elsewhere that calls itself by another name reads nothing."""

    async def asked() -> int:
        transport = httpx.ASGITransport(health(lambda: True, counted, "127.1.2.3"))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return (await client.get("/metrics", headers={"Host": host})).status_code

    assert asyncio.run(asked()) == status


def test_a_store_that_does_not_answer() -> None:
    """It is told as such, and the program goes on."""

    async def fails() -> bytes:
        raise StoreError("the store is closed")

    async def asked() -> int:
        transport = httpx.ASGITransport(health(lambda: True, fails, "127.0.0.1"))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return (await client.get("/metrics")).status_code

    assert asyncio.run(asked()) == httpx.codes.SERVICE_UNAVAILABLE


async def counted() -> bytes:
    """Nothing."""
    return Figures().page(Now((), {}, {}, 0, 0))
