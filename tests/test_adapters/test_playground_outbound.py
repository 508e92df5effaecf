"""What the bot says becomes messages of a chat."""

from adapters.playground.messages import Owner
from adapters.playground.outbound import drafts, owner
from bot.people import AccountKey
from bot.ports import Attachment, Choice, Message

ANA = AccountKey("playground", 1)
ICS = Attachment("time.ics", b"BEGIN")
YES, NO, PASS = Choice("y", "Yes"), Choice("n", "No"), Choice("p", "pass")


def test_a_message_keeps_its_buttons() -> None:
    """Choices in rows, sides beside them, an invitation's code as a link, a file."""
    message = Message(ANA, 1, 9, "Well?", choices=(YES, NO), sides=(PASS,), many=True, invite="CODE", attachment=ICS)
    (draft,) = drafts(message, Owner.ANA, 100)
    assert (draft.author, draft.text, draft.at) == ("bot", "Well?", 100)
    assert (draft.choices, draft.sides, draft.many, draft.link, draft.file) == (
        ((YES, NO),),
        (PASS,),
        True,
        "CODE",
        ICS,
    )


def test_a_long_message_becomes_several() -> None:
    """The last part has the buttons, and each part can be told apart when it comes again."""
    parts = drafts(Message(ANA, 1, 9, "x" * 9000, choices=(YES,)), Owner.ANA, 100)
    assert [(part.delivery, part.part, len(part.text), bool(part.choices)) for part in parts] == [
        (9, 0, 4096, False),
        (9, 1, 4096, False),
        (9, 2, 808, True),
    ]


def test_only_two_chats_have_an_owner() -> None:
    """Ana's is 1, Ben's is 2."""
    assert [owner(chat) for chat in (0, 1, 2, 3)] == [None, Owner.ANA, Owner.BEN, None]
