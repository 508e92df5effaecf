"""The program from its start to its end: by hand, by the clock, by a signal; and what it never writes down."""

from __future__ import annotations

import signal
import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.browser.programs import Program
from tests.test_program.conftest import Run
from tests.test_program.hands import FIRST_ROUND, SETTLED, Hands, both, opened, play, there

SOON = 3.0  # seconds in which the program ends
MARKER = "Quittenmarmelade"


def _ends(program: Program, by: signal.Signals) -> int:
    """The exit code, with a page that listens until the end."""
    with socket.create_connection(("127.0.0.1", program.port)) as listening:
        listening.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:{program.port}\r\n\r\n".encode())
        assert listening.recv(100).startswith(b"HTTP/1.1 200")
        begun = time.monotonic()
        code = program.end(by)
        assert time.monotonic() - begun < SOON
    return code


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_cleanly(hands: Hands, by: signal.Signals) -> None:
    """Within seconds, with exit code 0 and without a complaint, though a page is listening."""
    hands.types("ana", "/start", there("ana", ":yes"))
    assert _ends(hands.program, by) == 0
    assert "error" not in hands.program.log


def test_what_is_due_while_the_program_stands_still(hands: Hands, tmp_path: Path, run: Run) -> None:
    """`python -m bot due` says it once; the next start finds it said."""
    play(hands, *FIRST_ROUND, *SETTLED)
    hands.program.stop()
    here = datetime.now(UTC) + timedelta(days=1)  # a question comes at seven in Lisbon, and may be three hours late
    sunday = (here + timedelta(days=7 + (6 - here.weekday()) % 7)).replace(hour=19, minute=59)
    settings = {"DATA_DIR": str(tmp_path), "TIME_ZONE": "Europe/Lisbon"}
    for expected in ("1 due by", "0 due by"):
        ended = run("due", "--at", sunday.isoformat(timespec="minutes"), settings=settings)
        assert ended.code == 0, ended.said
        assert expected in ended.said
    hands.program.start()
    assert both(":pass")(hands)


@pytest.mark.parametrize("at", ["tomorrow", "2027-01-03", "2027-01-03T19:00", "", "9999999999"])
def test_a_time_that_is_none(tmp_path: Path, run: Run, at: str) -> None:
    """Is refused with what one looks like."""
    ended = run("due", "--at", at, settings={"DATA_DIR": str(tmp_path)})
    assert ended.code == 2
    assert "2027-01-03T19:00+01:00" in ended.said


def test_what_is_typed_is_in_no_log_and_in_no_file(program: Program, tmp_path: Path) -> None:
    """Not at the most talkative level, not in the databases, not in their journals; only the phones have it."""
    program.settings = {**program.settings, "LOG_LEVEL": "debug"}
    program.start()
    with Hands(program) as hands:
        _type_it_everywhere(hands)
    _nowhere(tmp_path, MARKER)
    program.kill()
    _nowhere(tmp_path, MARKER)
    program.start()
    program.stop()
    _nowhere(tmp_path, MARKER)
    assert MARKER.encode() in _files(tmp_path / "playground", "phones.db*")


def _type_it_everywhere(hands: Hands) -> None:
    """As an answer, an addition, an edit, a command and its argument, in a button, and where nothing is asked."""
    play(hands, *FIRST_ROUND[:2])
    hands.types("ana", f"{MARKER} one", there("ana", ":pair:"))
    hands.types("ana", f"and {MARKER} two", lambda hands: len(hands.messages("ana")) > 7)
    edited = next(m["id"] for m in hands.messages("ana") if m["text"] == f"{MARKER} one")
    hands.post("edit", phone="ana", message=edited, text=f"{MARKER} three")
    play(hands, *FIRST_ROUND[3:-1])
    hands.post("say", phone="ben", text=f"/pair {MARKER}")
    hands.post("say", phone="ben", text=f"/{MARKER}")
    hands.post("press", phone="ben", token=f"v1:c:{MARKER}:{MARKER}")
    hands.types("ben", f"{MARKER} four", opened(f"{MARKER} four", f"{MARKER} three"))
    hands.post("say", phone="ben", text=f"{MARKER} that nobody asked for")
    hands.types("ana", f"/{MARKER}x", lambda hands: hands.messages("ana")[-1]["author"] == "bot")


def _files(folder: Path, pattern: str) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob(pattern))


def _nowhere(folder: Path, marker: str) -> None:
    kept = _files(folder / "playground", "leeway.db*") + _files(folder / "playground", "keys.db*")
    assert len(kept) > 10_000
    for written in (kept, (folder / "log.txt").read_bytes()):
        for form in (marker, marker.lower(), marker.upper()):
            assert form.encode() not in written
            assert form.encode("utf-16-le") not in written


def test_it_starts_soon_and_is_small(program: Program) -> None:
    """Far from the goals of a real machine, so that a busy one does not fail: a start and an idle process."""
    begun = time.monotonic()
    program.start()
    took = time.monotonic() - begun
    status = Path(f"/proc/{program.number}/status")
    if not status.exists():
        pytest.skip("no /proc here")
    resident = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    assert took < 10
    assert resident < 200_000  # kB
