"""What is wrong with a translation: sentences missing, stale, fuzzy, without their places or plural forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message

from bot.words.catalogue import forms_of, is_whole, short, wrong_places
from bot.words.extract import message_id
from bot.words.mistakes import Mistake
from bot.words.wording import Wording

FEW = 20  # sentences of a catalogue that are named each when they are not translated
_COMMAND = re.compile(r"(?<!\w)/[a-z]+")


def translation_mistakes(
    path: Path, catalog: Catalog, keys: Collection[str], language: str, wording: Wording
) -> Iterator[Mistake]:
    """Everything that is wrong in one language's catalogue, held against the sentences of the code."""
    wanted = {message_id(key) for key in keys}
    for message in catalog:
        if message.id and message.id not in wanted:
            what = f"{short(message.id)} is said nowhere any more; remove it, or let `pybabel update` do so"
            yield Mistake(path, message.lineno or 1, what)
    undone = list[Mistake]()
    for identity in sorted(wanted, key=str):
        found = catalog.get(identity)
        if found is None or found.id != identity:
            yield Mistake(path, 1, f"{short(identity)} is missing; `pybabel update` adds it, then translate it")
        elif not any(forms_of(found)):
            undone.append(Mistake(path, found.lineno or 1, f"{short(found.id)} is not translated"))
        elif what := _fault(found, catalog.num_plurals, language, wording):
            yield Mistake(path, found.lineno or 1, f"{short(found.id)} {what}")
    yield from _counted(sorted(undone), len(wanted))


def _counted(undone: list[Mistake], all_: int) -> list[Mistake]:
    """A few are named each; of many, the first, so that they do not bury everything else."""
    if len(undone) <= FEW:
        return undone
    first = undone[0]
    return [Mistake(first.path, first.line, f"{len(undone)} of {all_} sentences are not translated; this is the first")]


def _fault(message: Message, plurals: int, language: str, wording: Wording) -> str:
    """What is wrong with one translated sentence; "" when nothing is."""
    if message.fuzzy:
        return "is fuzzy: read it, mend it and take the mark off"
    if not is_whole(message, plurals):
        return f"has too few plural forms; fill in all {plurals}, from msgstr[0] on"
    if wrong := wrong_places(message):
        return wrong
    said = forms_of(message)
    source = [message.id] if isinstance(message.id, str) else [*message.id]
    if lost := {command for form in source for command in _COMMAND.findall(form)} - {
        command for form in said for command in _COMMAND.findall(form)
    }:
        return f"lacks the command {min(lost)}; commands are the same in every language"
    return next((f"says {what}" for form in said for what in wording.objections(form, language)), "")
