"""The power goes at any moment, and comes again: no answer is lost, and nothing is said twice."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from tests.browser.programs import Program
from tests.test_program.hands import ANA1, BEN1, FIRST_ROUND, SETTLED, Done, Hands, Step, both, gone, opened, there

LATEST = 0.12  # seconds after a deed began; by then nearly all that it brings about has been said
BESIDE, WEEKS = "And beside it, if you like:", 3
ANA2, BEN2, ANA3 = "ANA-TWO: the last train", "BEN-TWO: nobody's garden", "ANA-THREE: a blue door"


def _week(hands: Hands) -> None:
    """The week's question comes to both. A power cut may swallow it, being `once`: then they ask for it. It may also
    come and nobody know it: its buttons then stay where they are, and are none of the next week's."""
    comes = {phone: _another(hands, phone) for phone in ("ana", "ben")}
    hands.moves_the_clock(lambda hands: any(done(hands) for done in comes.values()))
    for phone, done in comes.items():
        if not hands.sees(done):  # asked for too soon it would stand there twice
            _asks_for_it(hands, phone, done)


def _another(hands: Hands, phone: str) -> Done:
    """A question stands there that is not the one of before."""
    before = hands.looks(lambda hands: hands.token(phone, ":pass"))
    return lambda hands: hands.token(phone, ":pass") not in (None, before)


def _asks_for_it(hands: Hands, phone: str, comes: Done) -> None:
    """Whoever wants a question sends /curious; where a round is open already, *continue* shows it."""
    before = hands.looks(lambda hands: hands.tokens(phone))
    hands.does(lambda: hands.post("say", phone=phone, text="/curious"), lambda hands: hands.tokens(phone) != before)
    if not comes(hands):
        session = next(token for token in reversed(hands.tokens(phone)) if ":continue:" in token)
        hands.taps(phone, session, comes)


def _something_comes(hands: Hands) -> None:
    """The reminder, or the quiet end."""
    before = hands.looks(lambda hands: len(hands.messages("ben")))
    hands.moves_the_clock(lambda hands: len(hands.messages("ben")) > before)


def _time_for_oneself(hands: Hands) -> None:
    """A week that has something else than a question, for both."""
    hands.moves_the_clock(both("v1:c:space:"))


SCRIPT: tuple[Step, ...] = (
    *FIRST_ROUND,
    *SETTLED,
    _week,
    lambda hands: hands.types("ana", ANA2, there("ana", ":no-guess")),
    lambda hands: hands.taps("ana", ":no-guess", gone("ana", ":no-guess")),
    lambda hands: hands.types("ben", BEN2, there("ben", ":no-guess")),
    lambda hands: hands.taps("ben", ":no-guess", opened(BEN2, ANA2)),
    _week,
    lambda hands: hands.types("ana", ANA3, there("ana", ":no-guess")),
    _something_comes,
    _something_comes,
    _time_for_oneself,
)


def _cut(program: Program, after: float) -> None:
    time.sleep(after)
    program.kill()
    program.start()


@pytest.mark.timeout(150)
@pytest.mark.soak
@pytest.mark.parametrize("half", [0, 1])
def test_twenty_power_cuts(hands: Hands, half: int, tmp_path: Path) -> None:
    """One in each step of three rounds, ten in each half of this test, at a random moment after the step began."""
    chance = Random(half)
    with ThreadPoolExecutor(1) as power:
        for number, step in enumerate(SCRIPT):
            if number % 2 != half:
                step(hands)
                continue
            cut = power.submit(_cut, hands.program, chance.uniform(0, LATEST))
            step(hands)
            cut.result()
    _nothing_is_lost(hands)
    _nothing_is_said_twice(hands)
    _all_was_heard(tmp_path)


def _nothing_is_lost(hands: Hands) -> None:
    """Each answer opened on the other's phone, once, after the question and after one's own answer."""
    for phone, own, others in (("ana", (ANA1, ANA2), (BEN1, BEN2)), ("ben", (BEN1, BEN2), (ANA1, ANA2))):
        said = [message["text"] for message in hands.messages(phone)]
        places = []
        for mine, theirs in zip(own, others, strict=True):
            assert [text for text in said if text == mine] == [mine]
            (opening,) = (number for number, text in enumerate(said) if theirs in text)
            places += [said.index(mine), opening]
        assert all(one < other for one, other in pairwise(places)), said
        assert not any(ANA3 in text for text in hands.said("ben"))


def _nothing_is_said_twice(hands: Hands) -> None:
    """No message twice on a phone; each question once, its reminder at most once."""
    for phone in ("ana", "ben"):
        messages = [m for m in hands.messages(phone) if m["author"] == "bot"]
        said = Counter((m["text"], str(m["choices"]), str(m["sides"])) for m in messages)
        weekly = [each for each in said if each[0] == BESIDE]  # the same words with each week's prompt
        assert [times for each in weekly if (times := said.pop(each)) > WEEKS] == []
        assert [text for text, times in said.items() if times > 1] == []
        lines = Counter(m["text"] for m in messages)
        questions = [
            line for line in lines if any(f"“{line}”" in text or text.endswith(f"\n\n{line}") for text in lines)
        ]
        assert [question for question in questions if lines[question] != 1] == []
        reminders = [text for text in lines if any(text.endswith(f"\n\n{question}") for question in questions)]
        assert len(reminders) <= (phone == "ben"), reminders


def _all_was_heard(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "playground/phones.db")) as phones:
        assert phones.execute("SELECT count(*) FROM updates").fetchone() == (0,)
