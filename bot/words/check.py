"""Looks at all content and every sentence: what is wrong, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.words.added_decks import add_decks
from bot.words.catalogue import SOURCE, po_files, read_catalogue
from bot.words.content import CONTENT, Content, read_content
from bot.words.crisis import Crisis
from bot.words.decks import read_decks, repeated
from bot.words.extract import TEMPLATE, template
from bot.words.mistakes import Mistake, shown
from bot.words.places import fill, forms, places
from bot.words.rules import spoken
from bot.words.sentences import Sentence, find_sentences
from bot.words.translations import translation_mistakes

# What each language has in a file of its own, beside its catalogue and the decks.
ALONE = ("words", "crisis", "logistics")


def check(content_dir: Path = CONTENT, own: Path | None = None) -> list[str]:
    """Every mistake as "file:line: what is wrong, what to do", files as seen from two folders above. `own`: a folder of
    further decks."""
    content, mistakes = read_content(content_dir)
    sentences, unheard = find_sentences(content_dir.parent)
    mistakes += unheard
    mistakes += _said(sentences, content)
    for file in read_decks(content_dir / "decks", content.wording)[0].values():
        mistakes += repeated(file, content.wording)
    mistakes += _nudged(content)
    mistakes += _alarming([*_ours(content_dir, sentences, content)], content.crisis)
    mistakes += _template(content_dir / "locale" / TEMPLATE, sentences, content_dir.parent.parent)
    mistakes += _translated(content_dir, sentences, content)
    if own is not None:
        mistakes += add_decks(content.decks, own, content.wording, content.catalogue.languages).left_out
    return shown(mistakes, content_dir.parent.parent)


def taken_up(own: Path, content_dir: Path = CONTENT) -> list[str]:
    """What the folder `own` adds to our decks, and what is to be remarked of it that is no mistake."""
    content, _ = read_content(content_dir)
    added = add_decks(content.decks, own, content.wording, content.catalogue.languages)
    return [*added.taken, *(f"A remark, no mistake: {line}" for line in shown(added.remarks, own))]


def judged(text: str, content_dir: Path = CONTENT) -> list[str]:
    """Which rules know a sentence, of danger and of logistics, in each language."""
    content, _ = read_content(content_dir)
    found = [("danger", rules.flagging(text)) for rules in content.crisis.rules.values()]
    found += [("logistics", rules.flagging(text)) for rules in content.logistics.rules.values()]
    known = [f"{kind}: {rule.path.name}:{rule.line}, like {rule.example!r}" for kind, rule in found if rule is not None]
    return known or ["Neither danger nor logistics."]


def _said(sentences: Sequence[Sentence], content: Content) -> Iterator[Mistake]:
    for sentence in sentences:
        for objection in content.wording.objections(sentence.key, SOURCE):
            yield Mistake(sentence.path, sentence.line, objection)
        if braces := set(fill(sentence.key, dict.fromkeys(places(sentence.key), ""))) & {"{", "}"}:
            what = f"a stray {min(braces)}; a place is written {{name}}"
            yield Mistake(sentence.path, sentence.line, what)
        if "{n}" not in (forms(sentence.key)[1] or "{n}"):
            what = "the plural after the bar must have the place {n}, the number that decides"
            yield Mistake(sentence.path, sentence.line, what)


def _nudged(content: Content) -> Iterator[Mistake]:
    """Our own questions that would be taken for logistics, at the rule that does it."""
    for deck in content.decks.values():
        for language, questions in deck.questions.items():
            for rules in (content.logistics.rules[code] for code in spoken(language) & content.logistics.rules.keys()):
                for question in questions.values():
                    if rule := rules.flagging(question.text):
                        what = f"this rule takes {question.id} for logistics: {question.text!r}; narrow it"
                        yield Mistake(rule.path, rule.line, what)


def _ours(content_dir: Path, sentences: Sequence[Sentence], content: Content) -> Iterator[tuple[str, str]]:
    """Everything that we say, with its language."""
    yield from ((SOURCE, sentence.key) for sentence in sentences)
    yield from ((code, text) for code, phrases in content.phrases.items() for text in phrases.phrases.values())
    for deck in content.decks.values():
        yield from ((code, question.text) for code, found in deck.questions.items() for question in found.values())
    for code, path in po_files(content_dir / "locale"):
        if not isinstance(catalog := read_catalogue(code, path), Mistake):
            said = (message.string or () for message in catalog if message.id)
            yield from ((code, text) for one in said for text in ([one] if isinstance(one, str) else one))


def _alarming(ours: Sequence[tuple[str, str]], crisis: Crisis) -> Iterator[Mistake]:
    """Our own words that would be taken for somebody's in danger, at the rule that does it."""
    for code, text in ours:
        for rules in (crisis.rules[language] for language in spoken(code) & crisis.rules.keys()):
            if rule := rules.flagging(text):
                yield Mistake(rule.path, rule.line, f"this rule takes our own {text!r} for danger; narrow it")


def _template(path: Path, sentences: Sequence[Sentence], root: Path) -> Iterator[Mistake]:
    if not path.is_file() or path.read_text("utf-8") != template(sentences, root):
        yield Mistake(path, 1, "the template is older than the code; run `make catalogue`")


def _translated(content_dir: Path, sentences: Sequence[Sentence], content: Content) -> Iterator[Mistake]:
    keys = {sentence.key for sentence in sentences}
    for language, path in po_files(content_dir / "locale"):
        catalog = read_catalogue(language, path)
        # One that cannot be read was named when the content was.
        if not isinstance(catalog, Mistake):
            yield from translation_mistakes(path, catalog, keys, language, content.wording)
        for name in (*ALONE, *(f"decks/{deck}" for deck in content.decks)):
            path, source = (content_dir / f"{name}.{code}.toml" for code in (language, SOURCE))
            if not path.is_file():
                yield Mistake(path, 1, f"this file is missing; write it after {source.name}")
        for name, deck in content.decks.items():
            lacking = deck.untranslated(language) if language in deck.questions else []
            if lacking:
                path = content_dir / f"decks/{name}.{language}.toml"
                what = f"{lacking[0]} is missing here; translate it from {name}.{SOURCE}.toml"
                yield Mistake(path, 1, what if len(lacking) == 1 else f"{what}, and {len(lacking) - 1} more")
