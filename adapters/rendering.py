"""What every platform needs: long text in pieces, and choices in rows of buttons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeVar

ROW = 36  # characters that fit side by side on a narrow phone, with a button's own margins
MARGIN = 3  # characters that a button's margins take
MOST = 8  # Telegram shows at most eight buttons in a row

# Where a piece may end, best first: a paragraph, a line, a sentence, a word.
_ENDS = [re.compile(end) for end in (r"\n\s*\n", r"\n", r"(?<=[.!?…。！？])\s+", r"\s+")]
_JOINER = "\u200d"

Item = TypeVar("Item")


def length(text: str, units: str) -> int:
    """How long a text is in "utf16" code units or in "codepoints"."""
    return len(text) + (sum(char > "\uffff" for char in text) if units == "utf16" else 0)


def split(text: str, limit: int, units: str) -> list[str]:
    """The text in pieces of at most `limit` units, cut between paragraphs, else sentences, else words.

    Blank space at a cut is dropped, nothing else. A word is cut only where it alone is too long, and then
    never inside what is seen as one character (unless that alone is too long).
    """
    pieces = []
    while length(text, units) > limit:
        fits = _fitting(text, limit, units)
        end = _end(text, fits)
        pieces.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [piece for piece in (*pieces, text) if piece.strip()] or [text]


def shortened(label: str, limit: int, units: str) -> str:
    """A label of at most `limit` units: cut after a word where one ends in its second half, and "…" put there."""
    if length(label, units) <= limit:
        return label
    fits = label[: _fitting(label, limit - 1, units)]
    words = fits.rpartition(" ")[0] if not label[len(fits)].isspace() else fits
    return f"{(words if len(words) * 2 >= len(fits) else fits).rstrip()}…"


def rows(items: Sequence[Item], labels: Sequence[str]) -> list[list[Item]]:
    """Items in rows of equally wide buttons, so that each one's label fits."""
    laid: list[list[Item]] = []
    widest = 0
    for item, label in zip(items, labels, strict=True):
        wider = max(widest, len(label) + MARGIN)
        if laid and len(laid[-1]) < MOST and (len(laid[-1]) + 1) * wider <= ROW:
            laid[-1].append(item)
            widest = wider
        else:
            laid.append([item])
            widest = len(label) + MARGIN
    return laid


def _fitting(text: str, limit: int, units: str) -> int:
    """How many code points of the text fit, whole characters only (at least one code point)."""
    used = taken = 0
    for cluster in _clusters(text):
        used += length(cluster, units)
        if used > limit:
            break
        taken += len(cluster)
    return taken or _bare(text, limit, units)


def _bare(text: str, limit: int, units: str) -> int:
    """How many code points fit when the first character alone is too long."""
    end = min(limit, len(text))
    while end > 1 and length(text[:end], units) > limit:
        end -= 1
    return max(end, 1)


def _end(text: str, fits: int) -> int:
    """Where the first piece ends: the last good place in the second half of what fits, else the end of it."""
    for good in _ENDS:
        ends = [found.start() for found in good.finditer(text, 0, fits + 1) if found.start() * 2 >= fits]
        if ends:
            return max(ends[-1], 1)
    return fits


def _clusters(text: str) -> Iterator[str]:
    """What is seen as one character each: a letter with its marks, an emoji with all its parts, a flag."""
    start = 0
    for here in range(1, len(text)):
        if not _joined(text, start, here):
            yield text[start:here]
            start = here
    if text:
        yield text[start:]


def _joined(text: str, start: int, here: int) -> bool:
    before, char = text[here - 1], text[here]
    if before == _JOINER or (before, char) == ("\r", "\n"):
        return True
    if _is_flag_half(char):
        return _is_flag_half(before) and here - start == 1
    if char == _JOINER or _is_skin(char) or _is_tag(char):
        return True
    return unicodedata.category(char) in {"Mn", "Me", "Mc"}


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_skin(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_tag(char: str) -> bool:
    return "\U000e0020" <= char <= "\U000e007f"
