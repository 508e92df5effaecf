"""The job description: how long it can get, and who reads the table."""

from __future__ import annotations

from bot.exercises.job import MOST, POSTS
from tests.test_bot.phones import Phone, Town
from tests.test_trust.prying import leaves


def _draws(phone: Phone, *posts: str) -> int:
    """Ticks these posts, rates each, and lightens none; how many questions there were, with the last one open."""
    phone.gives("job")
    for post in posts:
        phone.types(post)
    phone.presses("done")
    rated = 0
    while "1" in phone.labels():
        phone.presses("1")
        rated += 1
    phone.presses("done")
    phone.presses("none, it is fine as it is")
    assert phone.labels() == ["keep it", "share it"]
    return 1 + rated + 3


def test_the_longest_way_asks_sixteen_things(town: Town, ana: Phone, ben: Phone) -> None:
    """With all the posts that there are and one of one's own, and the last question open."""
    town.couple()
    assert len(POSTS) == MOST - 1
    assert _draws(ana, "1, 2, 3, 4, 5", "keeper of the calendar") == 16


def test_a_table_that_is_kept_is_read_by_nobody(town: Town, ana: Phone, ben: Phone) -> None:
    """Neither as it is drawn nor in what the other may look up."""
    town.couple()
    _draws(ana, "best friend")
    ana.presses("keep it")
    assert ben.news() == []
    assert ben.past("job.table", "job.shared") == {"job.table": [], "job.shared": []}
    assert len(ana.past("job.table")["job.table"]) == 1
    assert "Your job description:\n" in ana.gives("history")[0]


def test_a_table_that_was_shown_can_be_taken_out(town: Town, ana: Phone, ben: Phone) -> None:
    """The other reads that it was removed."""
    town.couple()
    _draws(ana, "best friend")
    ana.presses("share it")
    assert "best friend: I ask 1, 1 is asked of me" in ben.gives("history")[0]
    ana.gives("history")
    ana.presses("delete mine in 1")
    ana.presses("delete it")
    assert "Ana's job description:\n(removed)" in ben.gives("history")[0]
    assert "job description" not in ana.gives("history")[0]


def test_who_has_left_is_shown_nothing(town: Town, ana: Phone, ben: Phone) -> None:
    """Though the question whether to share it was put before that."""
    town.couple()
    _draws(ana, "best friend")
    leaves(ben, "leave now")
    ben.news()
    ana.sends(ana.token("share it"))
    assert ben.news() == []
    assert "job description" not in "".join(ben.gives("history"))
