"""Catalogues: the sentences in every language, from `.po` files; the source sentence where there is none."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations, c2py
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
    raw = path.read_bytes().removeprefix(BOM_UTF8)
    try:
        locale = Locale.parse(language, sep="-")
        for number, line in enumerate(raw.decode().splitlines(), 1):
            if _STRING.match(line) and not _CLOSED.fullmatch(line):
                return Mistake(path, number, "a quote is not closed; end the line with one")
            if line.startswith('"Plural-Forms:') and not _is_plural_rule(line):
                return Mistake(
                    path, number, "this plural rule cannot be read; `pybabel init` writes the language's own"
                )
        return read_po(BytesIO(raw), locale, abort_invalid=True)
    except UnicodeDecodeError as error:
        line_number = raw[: error.start].count(b"\n") + 1
        return Mistake(path, line_number, "this is not UTF-8; save the file in that encoding")
    except PoFileError as error:
        what = f"this is no line of a .po file: {error.line.strip()}"
        return Mistake(path, error.lineno + 1, what if error.line.strip() else "msgstr is missing above this line")
    except (UnknownLocaleError, ValueError):
        return Mistake(path, 1, f"there is no language {language!r}; name the folder like de or pt-BR")


def load_catalogue(folder: Path) -> tuple[Catalogue, list[Mistake]]:
    """All catalogues in a folder of locales. What is fuzzy, empty or lacks a plural form counts as not translated."""
    translations: dict[str, NullTranslations] = {}
    mistakes = []
    for language, path in po_files(folder):
        match read_catalogue(language, path):
            case Mistake() as mistake:
                mistakes.append(mistake)
            case catalog:
                mistakes += _unsound(path, catalog)
                translations[language] = _translations(catalog)
    return Catalogue(translations), mistakes


def forms_of(message: Message) -> list[str]:
    """What a message says in its language: one form, or one for each number that its plural tells apart."""
    return [message.string] if isinstance(message.string, str) else [*(message.string or ())]


def is_whole(message: Message, plurals: int) -> bool:
    """Whether a message has all its forms."""
    said = forms_of(message)
    return all(said) and bool(said) and (isinstance(message.id, str) or len(said) >= plurals)


def wrong_places(message: Message) -> str:
    """What is wrong with the places of a translation; "" when nothing is."""
    ids = [message.id] if isinstance(message.id, str) else [*message.id]
    known = frozenset().union(*map(places, ids))
    said = [form for form in forms_of(message) if form]
    # "one day": the first form of a plural may do without its number.
    spared = [{"n"} if len(ids) > 1 else set[str](), *[set[str]()] * len(said)]
    lacking = {place for form, spare in zip(said, spared, strict=False) for place in known - spare - places(form)}
    extra = {place for form in said for place in places(form) - known}
    lacks = f"lacks {_listed(lacking)}, which its source has" if lacking else ""
    has = f"has {_listed(extra)}, which its source has not" if extra else ""
    return " and ".join(filter(None, (lacks, has)))


def short(identity: str | tuple[str, ...] | list[str]) -> str:
    """How a mistake names a sentence: the source's, in quotes."""
    return repr(identity if isinstance(identity, str) else identity[0])


def _is_plural_rule(line: str) -> bool:
    found = re.search(r"nplurals=\d+; plural=(.+?);?\\n", line)
    try:
        return found is not None and c2py(found[1]) is not None
    except ValueError:
        return False


def _unsound(path: Path, catalog: Catalog) -> Iterator[Mistake]:
    """What would go wrong when it is said."""
    for message in catalog:
        if (
            message.id
            and not message.fuzzy
            and is_whole(message, catalog.num_plurals)
            and (wrong := wrong_places(message))
        ):
            yield Mistake(path, message.lineno or 1, f"{short(message.id)} {wrong}")


def _listed(names: Collection[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _translations(catalog: Catalog) -> NullTranslations:
    for message in catalog:
        if message.id and not is_whole(message, catalog.num_plurals):
            message.string = "" if isinstance(message.id, str) else ("",) * catalog.num_plurals
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
