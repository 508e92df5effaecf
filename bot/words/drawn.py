"""A picture in its reader's words: sentences and names as they read them, numbers and days as they are."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton

from bot.engine.pictures import Picture
from bot.engine.text import Arg
from bot.pictures.drawings import Day, Drawing, Value
from bot.words.voice import Voice


def drawing(picture: Picture, voice: Voice) -> Drawing:
    """What is to be drawn for that reader."""
    return Drawing(picture.form, tuple((name, _value(part, voice)) for name, part in picture.parts))


def _value(part: Arg, voice: Voice) -> Value:
    match part:
        case int():
            return part
        case date():
            day, month = (format_skeleton(form, part, locale=voice.locale) for form in ("MMMd", "yMMM"))
            return Day(part, day, month)
        case tuple():
            return tuple(_value(item, voice) for item in part)
        case _:
            return voice.argument(part)
