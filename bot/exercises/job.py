"""The job description: which posts one person is asked to fill, how much of each, and one of them to lighten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.engine.acts import Button, Visibility
from bot.engine.codec import read_arg
from bot.engine.exercise import ALONE, exercise
from bot.engine.ids import PersonId
from bot.engine.pictures import Pictured
from bot.engine.session import Option
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, stacked
from bot.exercises.seen.job import Post, job_table
from bot.exercises.why import why

WHY = T(
    "Why write it down: where there is little time to give, asking less of one person helps (Finkel, Hui, Carswell & "
    "Larson 2014; some evidence)."
)
POSTS = options(
    friend=T("best friend"),
    lover=T("passionate lover"),
    parent=T("co-parent"),
    equal=T("intellectual equal"),
    anchor=T("anchor in bad weather"),
)
MOST = 6  # posts: two questions each, and four others, are sixteen
WHOLLY = 4
SHARE = options(keep=T("keep it"), share=T("share it"))


@dataclass(frozen=True, slots=True)
class JobTable:
    """For each post how much of it one asks, and how much of it one feels is asked of oneself: 0 to 4."""

    posts: tuple[Text, ...]
    asks: tuple[int, ...]
    felt: tuple[int, ...]

    @property
    def text(self) -> Text:
        """The table in words, a line per post, in the voice of whoever drew it up."""
        rows = zip(self.posts, self.asks, self.felt, strict=True)
        return stacked(
            T("What I ask, and what I feel is asked of me, from 0 to 4:"),
            *(T("{post}: I ask {asks}, {felt} is asked of me", post=post, asks=a, felt=f) for post, a, f in rows),
        )

    def pictured(self, partner: PersonId | None) -> Pictured:
        """With a picture of it."""
        rows = zip(self.posts, self.asks, self.felt, strict=True)
        return Pictured(self.text, job_table([Post(*row) for row in rows], partner))


@exercise("job", scope=ALONE, reads=("job.met", "job.table"))
def job(talk: Talk) -> None:
    """The posts, how much of each is asked both ways, what is asked to be two things at once, what may be lighter."""
    table = _table(talk)
    talk.record("table", Visibility.PRIVATE, posts=table.posts, asks=table.asks, felt=table.felt)
    talk.show(table.pictured(talk.partner))
    for then in talk.past("job.table")[-1:]:
        talk.say("And then, a while ago:\n{table}", table=_remembered(then).text)
    _exciting_and_safe(talk, table)
    lighter = _lighter(talk, table)
    _share(talk, table)
    if lighter is None:
        talk.say("Then each post keeps its weight.")
    else:
        talk.say(
            "{post}, a little lighter. Perhaps somebody else could carry some of it; a village audit asks who.",
            post=lighter,
            buttons=(Button(T("a village audit"), "village"),),
        )


def _table(talk: Talk) -> JobTable:
    sides = why(talk, "job", WHY)
    ticked = talk.choose_many(
        "posts",
        "Posts that one person is often asked to fill, all at once. Which of them play a part for you? "
        "Tick up to six; your own words count, too.",
        POSTS,
        at_most=MOST,
        own_words=True,
        sides=sides,
    )
    labels = {option.token: option.label for option in POSTS}
    posts = tuple(labels[tick] if isinstance(tick, str) else T("{words}", words=tick) for tick in ticked)
    talk.say("Each of them from 0, not at all, to 4, wholly: what you ask, and what you feel is asked of you.")
    rated = [(_asks(talk, n, post), _felt(talk, n, post)) for n, post in enumerate(posts, 1)]
    return JobTable(posts, tuple(asks for asks, _ in rated), tuple(felt for _, felt in rated))


def _asks(talk: Talk, n: int, post: Text) -> int:
    if talk.partner is None:
        return talk.scale(f"asks.{n}", "{post}: how much of it do you ask of your partner?", 0, WHOLLY, post=post)
    name = Name(talk.partner)
    return talk.scale(f"asks.{n}", "{post}: how much of it do you ask of {name}?", 0, WHOLLY, post=post, name=name)


def _felt(talk: Talk, n: int, post: Text) -> int:
    return talk.scale(f"felt.{n}", "{post}: and how much of it do you feel is asked of you?", 0, WHOLLY, post=post)


def _exciting_and_safe(talk: Talk, table: JobTable) -> None:
    """None of them is an answer, too."""
    ticked = talk.choose_many(
        "exciting",
        "Which of these do you ask to be exciting and safe, both at once? Tick any of them, or none.",
        _numbered(table),
        at_least=0,
    )
    posts = tuple(option.label for option in _numbered(table) if option.token in ticked)
    if posts:
        talk.record("exciting", Visibility.PRIVATE, posts=posts)
        talk.say("Exciting and safe pull in different directions. Now you know where you ask for both.")


def _lighter(talk: Talk, table: JobTable) -> Text | None:
    """The post that may weigh a little less; None where none may."""
    none = Option("none", T("none, it is fine as it is"))
    picked = talk.choose("lighten", "Which of these could be a little lighter?", (*_numbered(table), none))
    if picked == "none":
        return None
    post = table.posts[int(picked) - 1]
    talk.record("lighter", Visibility.PRIVATE, post=post)
    return post


def _share(talk: Talk, table: JobTable) -> None:
    """Kept is the default; what was exciting and what is to be lighter is never in it."""
    if talk.partner is None:
        return
    name = Name(talk.partner)
    if talk.choose("share", "May {name} see the table?", SHARE, name=name) == "keep":
        talk.say("It stays with you.")
        return
    talk.record("shared", Visibility.SHARED, posts=table.posts, asks=table.asks, felt=table.felt)
    talk.say(
        "{name} shows you a job description. “I” in it is {name}.\n{table}",
        to=talk.partner,
        name=Name(talk.me),
        table=table.text,
    )
    talk.say("Shown to {name}.", name=name)


def _numbered(table: JobTable) -> tuple[Option, ...]:
    return tuple(Option(str(n), post) for n, post in enumerate(table.posts, 1))


def _remembered(record: dict[str, Any]) -> JobTable:
    value = record["value"]
    posts: Any = read_arg(value["posts"])
    return JobTable(posts, tuple(value["asks"]), tuple(value["felt"]))
