"""docs/exercises/: drawn from the code as it is now, in diagrams that Mermaid can read."""

from __future__ import annotations

import re
from functools import cache

import pytest

from bot.engine.exercise import ALONE, Exercise
from bot.engine.talk import Talk, options
from bot.engine.text import T, Text
from bot.exercises.registry import EXERCISES
from tests.drawing.diagram import MOST, START, Diagram, draw, escaped
from tests.drawing.pages import FOLDER, NoSample, pages
from tests.drawing.shortened import pattern, question
from tests.drawing.walks import Walk, walks

BOX = re.compile(r'    ([a-z]+(?:_[a-z0-9_]+)?)(?:\(\["[^"]+"\]\)|\["[^"]+"\]|\[\["[^"]+"\]\]|\{\{"[^"]+"\}\})')
ARROW = re.compile(r'    (\w+) -->(?:\|"[^"]+"\|)? (\w+)')
READ_AS_A_LIST = re.compile(r'"(?:\d+\.|[-*+]) ')
SAMPLE = {"tea": "help"}


@cache
def drawn() -> dict[str, str]:
    """All pages as they should be."""
    return pages()


def test_every_page_is_as_the_code_is_now() -> None:
    """Where this fails, `make exercises` writes the folder again."""
    there = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.iterdir()}
    assert sorted(there) == sorted(drawn())
    old = [name for name, page in drawn().items() if there[name] != page]
    assert old == [], "run: make exercises"


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_diagram_can_be_read(exercise: Exercise) -> None:
    """By Mermaid, each line; and by people: every box can be reached, and there are not too many."""
    begin, *lines = drawn()[f"{exercise.name}.md"].split("```mermaid\n")[1].split("\n```")[0].splitlines()
    boxes = [box[1] for line in lines if (box := BOX.fullmatch(line))]
    arrows = [(arrow[1], arrow[2]) for line in lines if (arrow := ARROW.fullmatch(line))]
    assert begin == "flowchart TD"
    assert len(boxes) + len(arrows) == len(lines)
    assert not [line for line in lines if READ_AS_A_LIST.search(line)]
    assert len(set(boxes)) == len(boxes) <= MOST
    assert _reached(arrows) == set(boxes)


def _reached(arrows: list[tuple[str, str]]) -> set[str]:
    found = {START}
    while new := {target for source, target in arrows if source in found} - found:
        found |= new
    return found


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_the_page_says_what_a_newcomer_asks(exercise: Exercise) -> None:
    """What it is, how it goes, a conversation; and the list has it."""
    page = drawn()[f"{exercise.name}.md"]
    assert " ".join((exercise.play.__doc__ or "?").split()) in page
    assert "## A conversation" in page
    assert f"[{exercise.name}]({exercise.name}.md)" in drawn()["README.md"]


def _tea(talk: Talk) -> None:
    """Tea or not."""
    for n in (1, 2):
        talk.confirm(f"cup.{n}", "Tea?")
    if talk.choose("more", 'A "second" pot <of it>?', options(yes=T("yes #1"), no=T("no"))) == "yes":
        talk.pause("boiling", talk.moment("now").day.plus(1).at(10))
        talk.ask("taste", "How does it taste?")


TEA = Exercise("tea", ALONE, (), _tea)


def _of_tea() -> Diagram:
    return draw(walks((TEA,))["tea"].steps)


def test_an_exercise_that_no_transcript_shows_says_what_to_do() -> None:
    """Whoever adds one is told where."""
    with pytest.raises(NoSample, match=r"help\.txt does not show the exercise 'tea': name one.*make exercises"):
        pages((TEA,), SAMPLE)
    with pytest.raises(NoSample, match=r"tea\.txt does not show"):
        pages((TEA,), {})


def test_questions_in_a_row_are_one_box() -> None:
    """And a pause is one of its own."""
    assert list(_of_tea().boxes) == [START, "ask_cup", "ask_more", "wait_boiling", "over", "ask_taste"]


def test_arrows_say_the_answers() -> None:
    """Where more than one way leads on; with nothing that Mermaid would read as its own."""
    lines = list(_of_tea().lines)
    assert '    ask_more["A #quot;second#quot; pot #lt;of it#gt;?"]' in lines
    assert '    ask_more -->|"yes #35;1"| wait_boiling' in lines
    assert "    ask_cup --> ask_more" in lines


def test_a_question_is_told_by_its_last_one() -> None:
    """What stands before it, and what people wrote, is left out."""
    assert question(T("All is set.\nShall I remind you?")) == "Shall I remind you?"
    assert question(T("Take it. Or leave it.")) == "Take it."
    assert escaped("a`b") == "a#96;b"


def test_where_questions_of_one_name_differ_there_are_dots() -> None:
    """The rest of it stands for all."""
    tea, coffee = T("{drink}, or not?", drink=T("Tea")), T("{drink}, or not?", drink=T("Coffee"))
    assert question(pattern(tea, coffee)) == "…, or not?"
    assert pattern(Text("Tea?"), Text("Coffee?")) == Text("Tea?")


def test_too_many_boxes_are_an_error() -> None:
    """Nobody could read them."""

    def long(talk: Talk) -> None:
        """So many questions."""
        for n in range(MOST):
            talk.confirm(f"q{n}", "Yes?")

    with pytest.raises(ValueError, match="boxes cannot be read"):
        pages((Exercise("long", ALONE, (), long),), {})


def test_what_is_kept_is_told_with_who_may_see_it() -> None:
    """A person reads it there."""
    assert Walk(TEA).kept == []
    assert "- `map`: for its writer alone\n- `met`: for its writer alone" in drawn()["village.md"]
    assert "- `shared`: for both" in drawn()["village.md"]
