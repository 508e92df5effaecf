"""The playground as a program: what it pushes, and what is left after it was killed."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.browser.programs import Program, echo


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The playground with an echo in place of the bot."""
    made = echo(tmp_path)
    made.start()
    yield made
    made.stop()


def _say(program: Program, text: str) -> None:
    body = {"phone": "ana", "text": text}
    httpx.post(f"{program.address}/api/say", json=body, headers={"Origin": program.address}).raise_for_status()


def _texts(program: Program) -> list[str]:
    return [told["text"] for told in httpx.get(f"{program.address}/api/state").json()["messages"]]


def _listen(program: Program, last: str, headers: dict[str, str]) -> tuple[list[str], str]:
    """The texts that are pushed until `last` comes, and the id of that change."""
    texts: list[str] = []
    change = ""
    with httpx.stream("GET", f"{program.address}/api/events", headers=headers, timeout=5) as stream:
        for line in stream.iter_lines():
            name, _, value = line.partition(": ")
            if name == "id":
                change = value
            if name == "data":
                texts += [told["text"] for told in json.loads(value)["messages"]]
            if not line and last in texts:
                break
    return texts, change


def test_every_change_is_pushed_once(program: Program) -> None:
    """After a reconnect what was missed comes, and only that."""
    _say(program, "one")
    texts, change = _listen(program, "You wrote: one", {})
    assert texts == ["one", "You wrote: one"]
    _say(program, "two")
    assert _listen(program, "You wrote: two", {"Last-Event-ID": change})[0] == ["two", "You wrote: two"]


def test_a_kill_forgets_nothing(program: Program) -> None:
    """Every message, every open choice and the clock are there again."""
    _say(program, "/start")
    _listen(program, "Shall we begin?", {})
    move = {"by": "day"}
    httpx.post(f"{program.address}/api/clock", json=move, headers={"Origin": program.address})
    before = httpx.get(f"{program.address}/api/state").json()
    program.kill()
    program.start()
    after = httpx.get(f"{program.address}/api/state").json()
    assert after["messages"] == before["messages"]
    assert [row for told in after["messages"] for row in told["choices"]]
    assert 0 <= after["clock"]["now"] - before["clock"]["now"] < 60


def test_it_ends_while_a_page_is_listening(program: Program) -> None:
    """An open page does not hold it up."""
    with httpx.stream("GET", f"{program.address}/api/events", timeout=5) as stream:
        next(stream.iter_lines())
        began = time.monotonic()
        program.stop()
    assert time.monotonic() - began < 5
    assert program.log == ""


def test_what_was_said_before_a_kill_is_heard_after_it(program: Program) -> None:
    """The bot answers in the end, whenever the kill came."""
    for number in range(5):
        _say(program, f"number {number}")
        program.kill()
        program.start()
    _listen(program, "You wrote: number 4", {})
    assert [text for text in _texts(program) if text.startswith("number")] == [f"number {n}" for n in range(5)]
    assert {f"You wrote: number {n}" for n in range(5)} <= set(_texts(program))
