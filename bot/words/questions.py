"""One question of a deck, read from its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.words.catalogue import SOURCE
from bot.words.fields import Fields
from bot.words.wording import Wording

LONGEST = 200  # characters of a question, so that it stands above its buttons on a small phone
DEPTHS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Question:
    """One card in one language. A retired one is no longer drawn, but can still be read."""

    id: str
    depth: int
    tags: frozenset[str]
    unfit: frozenset[str]
    text: str
    retired: bool = False


def read_question(
    fields: Fields, wording: Wording, language: str, originals: Mapping[str, Question] | None
) -> Question:
    """A question; a translation may leave out what its original says, and what it repeats must be the same.
    `originals`: None where it is one itself."""
    card, text = fields.text("id"), fields.text("text")
    _look_at(text, fields, wording, language)
    original = _original(card, originals)
    whole = _Facts(fields, wording)
    if original is None:
        found = Question(card, whole.depth, whole.tags, whole.unfit, text, fields.flag("retired"))
    else:
        retired = fields.flag("retired") or original.retired
        found = Question(card, original.depth, original.tags, original.unfit, text, retired)
        for key in ("depth", "tags", "unfit"):
            if fields.has(key) and getattr(whole, key) != getattr(original, key):
                fields.wrong(f"{key} is not the same as in the {SOURCE} deck; leave it out here", key)
    fields.rest()
    return found


def _original(card: str, originals: Mapping[str, Question] | None) -> Question | None:
    """What a question is the translation of; one that has none is said to be too much elsewhere."""
    return None if originals is None else originals.get(card, Question(card, 1, frozenset(), frozenset(), ""))


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is said of a question beside its text."""

    fields: Fields
    wording: Wording

    @property
    def depth(self) -> int:
        return self.fields.number("depth", DEPTHS)

    @property
    def tags(self) -> frozenset[str]:
        return self.fields.texts("tags", self.wording.tags)

    @property
    def unfit(self) -> frozenset[str]:
        return self.fields.texts("unfit", self.wording.unfit)


def _look_at(text: str, fields: Fields, wording: Wording, language: str) -> None:
    if len(text) > LONGEST:
        fields.wrong(f"the text has {len(text)} characters; shorten it to {LONGEST}", "text")
    # A short rider may follow: "… to be talked about? A hint will do."
    if text and "?" not in text:
        fields.wrong("this is no question; end it with a question mark", "text")
    for objection in wording.objections(text, language):
        fields.wrong(objection, "text")
