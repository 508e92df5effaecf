"""The job table as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.engine.ids import PersonId
from bot.engine.pictures import Picture, picture
from bot.engine.text import Name, T, Text


@dataclass(frozen=True, slots=True)
class Post:
    """A post, what I ask of the other there, and what I feel is asked of me, 0 to 4."""

    name: Text
    ask: int
    asked: int


def job_table(posts: Sequence[Post], partner: PersonId | None) -> Picture | None:
    """Two bars for each post. None where there is none."""
    if not posts:
        return None
    ask = T("what I ask of {name}", name=Name(partner)) if partner else T("what I ask of my partner")
    return picture(
        "job",
        title=T("The job description"),
        names=(ask, T("what I feel is asked of me")),
        posts=tuple((post.name, post.ask, post.asked) for post in posts),
    )
