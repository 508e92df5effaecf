"""Somebody's data as a file: JSON in the form of docs/export.schema.json, or a page to read and to print."""

from __future__ import annotations

import json
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.changes import Document
from bot.commands.export import LABELS
from bot.engine.codec import read_arg
from bot.engine.text import Country, Language
from bot.ports import Attachment
from bot.words.voice import Voice

NAME = "mine"  # whoever sees it among other files learns nothing from it


def data_file(document: Document, voice: Voice) -> Attachment:
    """The file, in its reader's words."""
    data = in_words(document.data, voice)
    made = _page(data, voice) if document.form == "html" else json.dumps(data, ensure_ascii=False, indent=1)
    return Attachment(f"{NAME}.{document.form}", made.encode("utf-8", "replace"))


def in_words(value: Any, voice: Voice) -> Any:
    """The same JSON with every argument as its reader reads it."""
    if isinstance(value, list):
        return [in_words(item, voice) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"arg"}:
        return voice.argument(read_arg(value["arg"]))
    return {key: in_words(item, voice) for key, item in value.items()}


def _page(data: Any, voice: Voice) -> str:
    """What people wrote is put in as text, never read as markup."""
    person = data["person"]
    country = person["country"]
    return _template().render(
        **data,
        label={name: voice.text(said) for name, said in LABELS.items()},
        lang=voice.language,
        said_day=partial(_said_day, voice),
        said_language=voice.argument(Language(person["language"])),
        said_country=country and voice.argument(Country(country)),
    )


def _said_day(voice: Voice, moment: str | None) -> str:
    """The day of a time as it stands in the file, the way its reader writes days."""
    return voice.dated(date.fromisoformat(moment[:10])) if moment else ""


@cache
def _template() -> Template:
    here = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=here, autoescape=True, undefined=StrictUndefined, trim_blocks=True).get_template(
        "export.html"
    )
