"""Catalogues: the sentences in every language, from `.po` files; the source sentence where there is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.words.mistakes import Mistake
from bot.words.places import forms, places

SOURCE = "en"
# English of the source texts: days before months, 24 hours.
_HOME = {"en": "en_GB"}
# Babel takes a string whose last quote is missing.
_STRING = re.compile(r'\s*(msg\w+(\[\d+\])?\s*)?"')
_CLOSED = re.compile(rf'{_STRING.pattern}([^"\\]|\\.)*"\s*')


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sentences by language."""

    translations: Mapping[str, NullTranslations] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The source language and every translated one."""
        return (SOURCE, *sorted(self.translations))

    def language(self, wanted: str) -> str:
        """The best language for an IETF tag: "de-AT" finds "de", an unknown one the source language."""
        found = negotiate_locale([wanted.replace("_", "-")], self.languages, sep="-") or SOURCE
        # Babel gives the tag back as it was asked for, "DE" for "de".
        return next(code for code in self.languages if code.casefold() == found.casefold())

    def sentence(self, key: str, language: str, n: int | None = None) -> str:
        """The sentence in that language, or the source sentence. `n` picks the form of one with a plural."""
        translation = self.translations.get(self.language(language)) or _NONE
        one, many = forms(key)
        if many is None:
            return translation.gettext(key) if key else ""
        return translation.ngettext(one, many, 1 if n is None else n)


_NONE = NullTranslations()


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """How dates, numbers and lists are written in a language; for an unknown one, in the source language."""
    for code in (_HOME.get(language, language), language.split("-")[0], _HOME[SOURCE]):
        try:
            return Locale.parse(code.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("the source language is known")


def own_name(language: str) -> str:
    """What a language (an IETF tag) calls itself; its tag where that is not known."""
    try:
        return str(Locale.parse(language, sep="-").display_name)
    except (UnknownLocaleError, ValueError):
        return language


def po_files(folder: Path) -> list[tuple[str, Path]]:
    """The catalogues in a folder of locales: the language and the file of each."""
    return [(path.parent.parent.name, path) for path in sorted(folder.glob("*/LC_MESSAGES/leeway.po"))]


def read_catalogue(language: str, path: Path) -> Catalog | Mistake:
    """One `.po` file, or what keeps it from being read."""
    raw = path.read_bytes()
    try:
        locale = Locale.parse(language, sep="-")
        for number, line in enumerate(raw.decode().splitlines(), 1):
            if _STRING.match(line) and not _CLOSED.fullmatch(line):
                return Mistake(path, number, "a quote is not closed; end the line with one")
        return read_po(BytesIO(raw), locale, abort_invalid=True)
    except UnicodeDecodeError as error:
        line_number = raw[: error.start].count(b"\n") + 1
        return Mistake(path, line_number, "this is not UTF-8; save the file in that encoding")
    except PoFileError as error:
        what = f"this is no line of a .po file: {error.line.strip()}"
        return Mistake(path, error.lineno + 1, what)
    except (UnknownLocaleError, ValueError):
        return Mistake(path, 1, f"there is no language {language!r}; name the folder like de or pt-BR")


def load_catalogue(folder: Path) -> tuple[Catalogue, list[Mistake]]:
    """All catalogues in a folder of locales. What is fuzzy or empty counts as not translated."""
    translations: dict[str, NullTranslations] = {}
    mistakes = []
    for language, path in po_files(folder):
        match read_catalogue(language, path):
            case Mistake() as mistake:
                mistakes.append(mistake)
            case catalog:
                translations[language] = _translations(catalog)
                mistakes += _unsound(path, catalog)
    return Catalogue(translations), mistakes


def fault(message: Message, plurals: int) -> str:
    """Why a translation cannot be said: places that are not its source's, too few plural forms; "" if it can be."""
    source = {message.id} if isinstance(message.id, str) else set(message.id)
    said = [message.string] if isinstance(message.string, str) else [*(message.string or ())]
    if isinstance(message.id, tuple) and (len(said) < plurals or not all(said)):
        return f"has too few plural forms; this language needs {plurals}"
    if wrong := _wrong_places(source, said):
        return f"must have the same places as its source: {wrong}"
    return ""


def short(identity: str | tuple[str, ...] | list[str]) -> str:
    """How a mistake names a sentence: the source's, in quotes."""
    return repr(identity if isinstance(identity, str) else identity[0])


def _unsound(path: Path, catalog: Catalog) -> Iterator[Mistake]:
    """What would go wrong when it is said. Sentences that are not translated, or fuzzy, are said in English."""
    for message in catalog:
        is_said = any([message.string] if isinstance(message.string, str) else message.string or ())
        if message.id and is_said and not message.fuzzy and (what := fault(message, catalog.num_plurals)):
            yield Mistake(path, message.lineno or 1, f"{short(message.id)} {what}")


def _wrong_places(source: Collection[str], said: Collection[str]) -> str:
    known = frozenset().union(*map(places, source))
    # "one day": a form of a plural may do without its number.
    needed = known - {"n"} if len(source) > 1 else known
    wrong = {place for form in said for place in (places(form) - known) | (needed - places(form))}
    return ", ".join(f"{{{place}}}" for place in sorted(wrong))


def _translations(catalog: Catalog) -> NullTranslations:
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
