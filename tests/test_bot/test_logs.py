"""The log: lines to read or JSON for machines, and in neither a token."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs

TELEGRAM = "700700700:AAEdoubleDoubleDoubleDoubleDoubleDbl"
OURS = (logs.Redacted, structlog.stdlib.ProcessorFormatter)
DISCORD = "NzAwNzAwNzAwNzAwNzAwNzAw.GdOuBl.eDoubleDoubleDoubleDoubleDoubleDouble"


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    """Nothing is configured after a test."""
    root = logging.getLogger()
    level = root.level
    yield
    for handler in [each for each in root.handlers if isinstance(each.formatter, OURS)]:
        root.removeHandler(handler)
    root.setLevel(level)
    structlog.reset_defaults()


def _configured(form: logs.Form = "console") -> None:
    """As in a program: without pytest's handlers, which a test has for itself."""
    logging.getLogger().handlers.clear()
    logs.configure("info", form)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_event_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    """With its fields, its level and its time."""
    _configured("json")
    structlog.get_logger().info("delivery.again", delivery=2**62, at=5, uncertain=False, frames=["a:1", ("b", None)])
    structlog.get_logger().debug("delivery.sent")
    (line,) = _lines(capsys)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "delivery.again", "level": "info", "delivery": 2**62, "at": 5, "uncertain": False,
        "frames": ["a:1", ["b", None]],
    }  # fmt: skip


@pytest.mark.parametrize("token", [TELEGRAM, DISCORD, "/" + "x" * 70])
def test_no_token_is_in_it(capsys: pytest.CaptureFixture[str], token: str) -> None:
    """Not in a field, behind a line's end, in an error's words, nor in what a library says; and it stays JSON."""
    _configured("json")
    log = structlog.get_logger()
    log.warning("odd", where=f"https://server/bot{token}/x", inside={token: [f"a\n{token}", ValueError(token)]})
    try:
        raise ValueError(f"\n{token}")
    except ValueError:
        log.exception("failed")
        logging.getLogger("library").exception("it said %s", f"\n{token}")
    lines = _lines(capsys)
    assert len(lines) == 3
    assert token.strip("/") not in str(lines)
    assert ("ValueError" in lines[1]["exception"], "ValueError" in lines[2]["exception"]) == (True, True)
    assert (lines[2]["logger"], lines[2]["level"]) == ("library", "error")


def test_lines_to_read_are_what_they_were(capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody has to choose."""
    _configured()
    structlog.get_logger().info("telegram.unheard", type="ConnectError", error=TELEGRAM)
    said = capsys.readouterr().err
    assert "telegram.unheard" in said
    assert "type=ConnectError" in said
    assert TELEGRAM not in said
