"""After a time of one's own: two small questions, and whether the other may read the answers."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.acts import Visibility
from bot.engine.exercise import ALONE, exercise
from bot.engine.ids import PersonId
from bot.engine.session import Side, Tap
from bot.engine.talk import Talk, options
from bot.engine.text import Name, T, Text, Words

ASKED_FOR = timedelta(days=2)
NOTHING = Side("nothing", T("nothing to tell"), Tap.ANSWER)


@exercise("afterwards", scope=ALONE)
def afterwards(talk: Talk) -> None:
    """What one did, one thing that one noticed; it stays private unless it is shared."""
    did = talk.ask(
        "did",
        "Welcome back. What did you do with the time? It stays with you unless you share it.",
        sides=(NOTHING,),
        within=ASKED_FOR,
    )
    if not isinstance(did, Words):
        return
    noticed = talk.ask("noticed", "And one thing you noticed?", sides=(NOTHING,), within=ASKED_FOR)
    seen = T("{did}\n{noticed}", did=did, noticed=noticed) if isinstance(noticed, Words) else T("{did}", did=did)
    talk.record("after", Visibility.PRIVATE, told=seen)
    if talk.partner is None:
        talk.say("Kept, for you alone.")
    else:
        _share(talk, talk.partner, seen)


def _share(talk: Talk, partner: PersonId, seen: Text) -> None:
    name = Name(partner)
    shared = talk.choose(
        "share",
        "Kept, for you alone. Or should {name} read it, too?",
        options(keep=T("keep it"), share=T("share it")),
        within=ASKED_FOR,
        name=name,
    )
    if shared == "share":
        talk.record("shared", Visibility.SHARED, told=seen)
        talk.say("{name} brings you this from their time alone:\n{told}", to=partner, name=Name(talk.me), told=seen)
        talk.say("Shown to {name}.", name=name)
        talk.offer("asking-back", to=partner)
