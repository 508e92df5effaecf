"""Everything on the page can be read, by day and by night."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "adapters/playground/page"
NAMES = ("light", "dark")
# What is written on what; at least 4.5:1 (WCAG 2.2, 1.4.3).
WRITTEN = [
    *[(ink, ground) for ink in ("ink", "quiet") for ground in ("ground", "paper", "card")],
    *[(ink, soft) for ink in ("ink", "quiet", "{own}") for soft in ("{own}-soft",)],
    ("{own}", "card"),
    ("{own}", "paper"),
    ("on-fill", "{own}-fill"),
    ("on-accent", "{own}"),
    ("warn", "ground"),
    ("warn", "paper"),
    ("ground", "ink"),
]
# What has to be seen: edges of fields and buttons, the ring of the focus; at least 3:1 (1.4.11).
SEEN = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("edge", "card"),
    ("ink", "paper"),
    ("{own}", "paper"),
    ("{own}", "card"),
]


def _colours() -> dict[str, dict[str, str]]:
    by_day, by_night = (PAGE / "colours.css").read_text().split("@media")
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", by_day))
    return {"light": light, "dark": light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+);", by_night))}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted([_luminance(one), _luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", NAMES)
@pytest.mark.parametrize("own", ["ana", "ben", "eva"])
@pytest.mark.parametrize(("pairs", "least"), [(WRITTEN, 4.5), (SEEN, 3.0)])
def test_the_contrast_is_enough(scheme: str, own: str, pairs: list[tuple[str, str]], least: float) -> None:
    """Text 4.5:1, edges 3:1."""
    colours = _colours()[scheme]
    named = [(one.format(own=own), other.format(own=own)) for one, other in pairs]
    found = {pair: round(_contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in named}
    assert {pair: contrast for pair, contrast in found.items() if contrast < least} == {}


def test_the_two_ends_of_contrast() -> None:
    """Black on white has the most there is."""
    assert (_contrast("#000000", "#ffffff"), _contrast("#777777", "#777777")) == (21, 1)


def test_no_colour_hides_from_the_test() -> None:
    """Text colours are named in colours.css alone."""
    style = "".join((PAGE / name).read_text() for name in ("style.css", "group.css"))
    assert re.findall(r"[^-]color: (?!var|inherit)[^;]+;", style) == []
