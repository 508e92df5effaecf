"""The pictures of a booklet: for a record, the drawing that says the same, as SVG that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from bot.engine.ids import PersonId
from bot.engine.pictures import Picture
from bot.engine.text import Text, Words, text
from bot.exercises.job import JobTable
from bot.exercises.village import VillageMap
from bot.pictures.draw import draw
from bot.words.drawn import drawing
from bot.words.voice import Voice

Fields = Mapping[str, Any]  # of a record, its words as its reader reads them
Draw = Callable[[Fields, Voice], str]
NOBODY = PersonId(0)


def _village(fields: Fields, voice: Voice) -> str:
    needs = tuple(map(_said, fields["needs"]))
    return _svg(VillageMap(needs, tuple(fields["carriers"])).picture, voice)


def _job(fields: Fields, voice: Voice) -> str:
    table = JobTable(tuple(map(_said, fields["posts"])), tuple(fields["asks"]), tuple(fields["felt"]))
    seen = table.pictured(None).picture
    return "" if seen is None else _svg(seen, voice)


def _said(words: str) -> Text:
    return text("{words}", {"words": Words((words,), NOBODY)})


def _svg(seen: Picture, voice: Voice) -> str:
    return draw(drawing(seen, voice), "svg").decode()


PICTURES: Mapping[str, Draw] = MappingProxyType({"village.shared": _village, "job.shared": _job})
