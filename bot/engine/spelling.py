"""One spelling for what people spell in several ways, whatever their keyboard has."""

from __future__ import annotations

from typing import Final

_SPELLED_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def folded(text: str) -> str:
    """Small letters, with ß as ss and umlauts as ae, oe, ue: "Wäsche" and "waesche" are the same word."""
    return text.casefold().translate(_SPELLED_OUT)
