"""What is wrong with a translation: sentences missing, stale, fuzzy, without their places or plural forms."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message

from bot.words.catalogue import fault, short
from bot.words.extract import message_id
from bot.words.mistakes import Mistake
from bot.words.wording import Wording


def translation_mistakes(
    path: Path, catalog: Catalog, keys: Collection[str], language: str, wording: Wording
) -> Iterator[Mistake]:
    """Everything that is wrong in one language's catalogue, held against the sentences of the code."""
    wanted = {message_id(key) for key in keys}
    for message in catalog:
        if message.id and message.id not in wanted:
            what = f"{short(message.id)} is said nowhere any more; remove it, or `pybabel update`"
            yield Mistake(path, message.lineno or 1, what)
    for identity in sorted(wanted, key=str):
        found = catalog.get(identity)
        if found is None or found.id != identity:
            yield Mistake(path, 1, f"{short(identity)} is missing; `pybabel update` adds it, then translate it")
        elif what := _fault(found, catalog.num_plurals, language, wording):
            yield Mistake(path, found.lineno or 1, f"{short(found.id)} {what}")


def _fault(message: Message, plurals: int, language: str, wording: Wording) -> str:
    """What is wrong with one translated sentence; "" when nothing is."""
    forms = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
    if not any(forms):
        return "is not translated"
    if message.fuzzy:
        return "is fuzzy: read it, mend it and take the mark off"
    if what := fault(message, plurals):
        return what
    return next((f"says {what}" for form in forms for what in wording.objections(form, language)), "")
