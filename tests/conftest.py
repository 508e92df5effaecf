"""The one flag of the tests: transcripts can be written anew. And the table of figures that `make trust` ends with."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

TRUST = "trust"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --rewrite-transcripts`: what the bot says now becomes what it is expected to say."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write the transcripts as they are played now")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """`pytest -m trust`: what the tests noted (`record_property`), summed up where it was counted in parts."""
    if config.option.markexpr != TRUST:
        return
    reports = {how: terminalreporter.getreports(how) for how in ("passed", "failed")}
    figures = _summed(noted for theirs in reports.values() for report in theirs for noted in report.user_properties)
    figures |= {f"tests that {how}": len(theirs) for how, theirs in reports.items()}
    terminalreporter.section("figures of trust, of this run")
    for what, figure in figures.items():
        terminalreporter.line(f"{what:<60} {f'{figure:.3f}' if isinstance(figure, float) else f'{figure:,}':>10}")


def _summed(noted: Iterable[tuple[str, object]]) -> dict[str, int | float]:
    """Whole numbers are counts of a part, and are added; a share is noted once."""
    figures: dict[str, int | float] = {}
    for what, figure in sorted(noted, key=lambda each: each[0]):
        if isinstance(figure, int):
            figures[what] = figures.get(what, 0) + figure
        elif isinstance(figure, float):
            figures[what] = figure
    return figures
