"""Collects the source sentences into the template that translators start from: `python -m bot.words.extract`."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from bot.words.content import CONTENT
from bot.words.places import forms
from bot.words.sentences import Sentence, find_sentences

TEMPLATE = "leeway.pot"
_TITLE = "# Every sentence that Leeway says. `make catalogue` makes the template from the code; docs/translating.md."
# Lines of the header that would change with the day or the machine.
_FLEETING = ('"POT-', '"PO-Revision-', '"Generated-By', '"Report-', '"Last-Translator', '"Language-Team')


def template(sentences: Iterable[Sentence], root: Path) -> str:
    """The template, the same for the same sentences; places in the code are files below `root`, without lines."""
    catalog = Catalog(project="Leeway", version="1", header_comment=_TITLE, fuzzy=False)
    for sentence in sentences:
        place = sentence.path.relative_to(root).as_posix()
        message = catalog.add(message_id(sentence.key), locations=[(place, sentence.line)])
        # "44 % of" is no place to fill; only braces are.
        message.flags.discard("python-format")
    written = BytesIO()
    write_po(written, catalog, width=110, include_lineno=False)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(_FLEETING))


def message_id(key: str) -> str | tuple[str, str]:
    """A sentence's id in a `.po` file: itself, or its singular and plural."""
    one, many = forms(key)
    return one if many is None else (one, many)


def main() -> None:
    """Writes the template."""
    sentences, mistakes = find_sentences(CONTENT.parent)
    path = CONTENT / "locale" / TEMPLATE
    path.parent.mkdir(exist_ok=True)
    path.write_text(template(sentences, CONTENT.parent.parent), "utf-8")
    print(f"{path.relative_to(CONTENT.parent.parent)}: {len({s.key for s in sentences})} sentences")
    for mistake in mistakes:
        print(mistake.within(CONTENT.parent.parent))


if __name__ == "__main__":
    main()
