"""Two people find each other: an invitation, one screen for whoever opens it, and a yes from whoever sent it."""

from __future__ import annotations

from datetime import timedelta

from bot.commands import given
from bot.commands.start import TERMS
from bot.engine.acts import Attach, Button, Link, Set, Unlink
from bot.engine.exercise import ALONE, exercise
from bot.engine.ids import PersonId
from bot.engine.talk import Talk, options
from bot.engine.text import Card, Invite, Name, T, Text

LASTS = timedelta(hours=24)
CONFIRM_WITHIN = timedelta(days=3)

INVITATION_INTRO = T(
    "The next message is the invitation: send it on to the one it is for. It works once, within a day."
)
ALREADY_LINKED = T("You are linked already, and Leeway holds one couple at a time.")
OWN_INVITATION = T("That invitation is yours. It is for the other one to open.")
NO_INVITATION = T(
    "That invitation does not work: it was used, or its day is over, or a letter is wrong. A new one helps."
)
TOO_MANY_CODES = T("A few wrong codes in a row. Try again in an hour; nothing is lost.")
ENTER_CODE = T("If you were given a code, send: /pair and the code.")
START_ALONE = Button(T("begin on my own"), "start")
ALONE_NOW = Button(T("begin on my own"), "curious")  # for somebody who has agreed already


def invitation(inviter: PersonId, question: Card | None, way: Text) -> Text:
    """What the inviter passes on; it carries the question that is open, if there is one, and the way to it."""
    if question is None:
        return T("{name} would like to try Leeway with you, a bot for two: {way}", name=Name(inviter), way=way)
    return T(
        "{name} has a question for the two of you. Both answers stay sealed until both are in.\n“{question}”\n{way}",
        name=Name(inviter),
        question=question,
        way=way,
    )


def way(code: str, *, links: bool, elsewhere: bool) -> Text:
    """How whoever is invited gets here: by a link, by the code, or, where Leeway is on several platforms, by either."""
    invite = Invite(code)
    if not links:
        return T("Write this to Leeway: /pair {invite}", invite=invite)
    if elsewhere:
        return T("{invite}\nOr, on another platform, write this to Leeway: /pair {invite}", invite=invite)
    return T("{invite}", invite=invite)


@exercise("guest", scope=ALONE)
def guest(talk: Talk) -> None:
    """One screen: who invites, to what, and what there is to agree to, unless they have before."""
    inviter = given.person(talk, "inviter")
    question = talk.given("question")
    name = Name(inviter)
    carried = (
        T("{name} invites you to a question:\n“{question}”", name=name, question=Card("curiosity", question))
        if isinstance(question, str)
        else T("{name} invites you to Leeway, a bot for two.", name=name)
    )
    answers = options(link=T("Fine, and link me with {name}", name=name), alone=T("Fine, but on my own for now"))
    if talk.given("agreed"):
        how = talk.choose("how", "{carried}", answers, carried=carried)
    else:
        how = talk.choose("how", "{carried}\n\n{terms}", answers, carried=carried, terms=TERMS)
        talk.do("consent", Set({"consent": True}))
    if how == "link":
        talk.do("seat", Attach(str(talk.given("invitation"))))
    else:
        talk.say("On your own, then. Nothing is sent to {name}.", name=name)
        talk.offer("curious", first=True)


@exercise("confirm", scope=ALONE)
def confirm(talk: Talk) -> None:
    """The inviter says whether the right one came; only then can anything open."""
    who = given.person(talk, "guest")
    name = Name(who)
    answers = options(yes=T("Yes, that is {name}", name=name), no=T("No, somebody else"))
    right = talk.choose(
        "right", "{name} opened your invitation. Is that the one you meant?", answers, within=CONFIRM_WITHIN, name=name
    )
    if right == "yes":
        talk.say("Linked. What is private stays private; what is sealed opens for both of you at once.")
        talk.do("link", Link(who))
    else:
        talk.do("unlink", Unlink(who, late=right is None))
        if right == "no":
            talk.say(
                "They saw your name and the question, and nothing that you wrote. A new invitation is one tap away.",
                buttons=(Button(T("invite the one it is for"), "pair"),),
            )
