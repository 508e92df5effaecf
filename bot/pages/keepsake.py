"""What the two of a couple opened or shared, as one page that prints well on A4 and on Letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.changes import Document
from bot.commands.keepsake import LABELS
from bot.pages.export import in_words
from bot.pages.plates import PICTURES, Draw
from bot.ports import Attachment
from bot.words.voice import Voice

NAME = "booklet.html"


def booklet(document: Document, voice: Voice, pictures: Mapping[str, Draw] = PICTURES) -> Attachment:
    """The file, in its reader's words. What people wrote is put in as text, never read as markup."""
    names = {person: _apart(name) for person, name in voice.names.items()}
    data = in_words(_words_apart(document.data), replace(voice, names=names))
    for each in data["conversations"]:
        each["pictures"] = [svg for record in each["records"] if (svg := picture(record, voice, pictures))]
    months = groupby(data["conversations"], key=lambda each: voice.month(date.fromisoformat(each["day"])))
    made = _template().render(
        names=data["names"],
        time=data["time"],
        months=[(month, list(each)) for month, each in months],
        label={name: voice.text(said) for name, said in LABELS.items()},
        lang=voice.language,
        dir=voice.locale.text_direction,
    )
    return Attachment(NAME, made.encode("utf-8", "replace"))


def picture(record: Mapping[str, Any], voice: Voice, pictures: Mapping[str, Draw]) -> str:
    """The picture that stands beside a record, as SVG; nothing where there is none."""
    draw = pictures.get(record["of"])
    return draw(record["fields"], voice) if draw else ""


def _words_apart(value: Any) -> Any:
    """The same JSON; what people wrote in a script from the right leaves the sentence around it as it is."""
    if isinstance(value, list):
        return [_words_apart(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"words", "by"}:
        return {**value, "words": [_apart(part) for part in value["words"]]}
    return {key: _words_apart(item) for key, item in value.items()}


def _apart(words: str) -> str:
    """Each line between the signs that keep its direction to itself (Unicode's UAX 9: FSI and PDI)."""
    return "\n".join(f"\u2068{line}\u2069" for line in words.split("\n"))


@cache
def _template() -> Template:
    here = FileSystemLoader(Path(__file__).parent)
    surroundings = Environment(loader=here, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return surroundings.get_template("keepsake.html")
