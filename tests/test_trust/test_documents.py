"""What `docs/privacy.md` and `SECURITY.md` say is so: their tables are the database's, their tests are there."""

import re
from pathlib import Path

from storage import keytables, sweeping, tables

ROOT = Path(__file__).parents[2]
PRIVACY = (ROOT / "docs" / "privacy.md").read_text("utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")


def test_every_table_is_told_of() -> None:
    """Each table of both databases has its line, and there is no line for one that is not there."""
    told = set[str]()
    for row in PRIVACY.split("## What is kept")[1].split("\n## ")[0].splitlines():
        if row.startswith("| ") and "`" in row:
            told |= set(re.findall(r"`([a-z]+)`", row.split("|")[2]))
    assert told == {*tables.metadata.tables, *keytables.metadata.tables}


def test_how_long_is_as_swept() -> None:
    """The times that the table names are those of the sweep."""
    assert (sweeping.SEEN, sweeping.CARD) == (8 * 86_400, 6 * 3_600)
    assert sweeping.SHOWN // 86_400 == 366
    assert sweeping.FAILED == sweeping.OVER == 30 * 86_400
    for words in ("eight days", "a day or so", "a year, so that", "a month after their end"):
        assert words in PRIVACY


def test_every_test_that_is_named_is_there() -> None:
    """A file that was renamed proves nothing."""
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", SECURITY))
    assert len(named) > 15
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []
