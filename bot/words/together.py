"""What is said to two at once who read different languages: each reads their own, and nothing that they wrote twice."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.ids import PersonId
from bot.engine.text import Text, Words
from bot.words.voice import GAP, Voice

BESIDE = " / "  # between the languages of a button


def said_to(voices: Mapping[PersonId, Voice], text: Text) -> str:
    """A text in the language of each, one below the other. Where it shows what somebody wrote, the languages take turns
    by paragraphs, and what somebody wrote stands in a paragraph of their own language alone."""
    wrote = {name: value.by for name, value in text.args if isinstance(value, Words) and value.by in voices}
    said = {person: voice.paragraphs(text) for person, voice in voices.items()}
    if not wrote or len({len(paragraphs) for paragraphs in said.values()}) > 1:
        return GAP.join(dict.fromkeys(voice.text(text) for voice in voices.values()))
    rows = (dict(zip(said, row, strict=True)) for row in zip(*said.values(), strict=True))
    return GAP.join(paragraph for row in rows for paragraph in _each(row, wrote))


def label_for(voices: Mapping[PersonId, Voice], label: Text) -> str:
    """A button's label in the language of each."""
    return BESIDE.join(dict.fromkeys(voice.text(label) for voice in voices.values()))


def _each(said: Mapping[PersonId, tuple[frozenset[str], str]], wrote: Mapping[str, PersonId]) -> list[str]:
    """One paragraph in all languages, or in that of who wrote what stands in it."""
    for names, _ in said.values():
        for name in names & wrote.keys():
            return [said[wrote[name]][1]]
    return list(dict.fromkeys(paragraph for _, paragraph in said.values()))
