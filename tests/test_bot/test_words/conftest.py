"""Real content, and a small place of its own where content may be spoiled."""

import shutil
from pathlib import Path

import pytest

from bot.words.content import CONTENT, Content, load_content
from bot.words.extract import template
from bot.words.render import Renderer, strict
from bot.words.sentences import find_sentences

LARGE = ("curiosity", "mine", "woo", "meanwhile")  # decks that would take long to look at, each time
HELLO = '''"""Says hello to two."""


def hello(talk):
    talk.say("Hello, {name}.", name=talk.partner)
    talk.ask("how", "How was the day?", hint=T("A word will do."))
    talk.say("{n} day | {n} days", n=3)
'''


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that Leeway ships with."""
    return load_content()


@pytest.fixture
def renderer(content: Content) -> Renderer:
    """Renders with the real content; a place that nothing fills fails the test."""
    return Renderer(content, strict)


@pytest.fixture
def bot(tmp_path: Path) -> Path:
    """A bot that says three things, with the real English rules and phrases, one real deck and a current template."""
    here = tmp_path / "bot"
    left_out = shutil.ignore_patterns("locale", "*.py", "__pycache__", "*.de.toml", *(f"{deck}.*" for deck in LARGE))
    shutil.copytree(CONTENT, here / "content", ignore=left_out)
    (here / "exercises").mkdir()
    (here / "exercises" / "hello.py").write_text(HELLO)
    locale = here / "content" / "locale"
    locale.mkdir()
    (locale / "leeway.pot").write_text(template(find_sentences(here)[0], tmp_path))
    return here
