"""What the bot says, as calls of Discord's API: pure, so that every limit is looked at beside itself."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from discord.utils import escape_markdown

from adapters.discord import outbound
from adapters.discord.outbound import Edit, Menu, Remove, Row, SendFile, SendText, calls, laid
from bot.errors import Refused
from bot.people import AccountKey
from bot.ports import Attachment, Choice, Doorway, Message

ANA = AccountKey("discord", 11)


def _message(text: str | None = "Well?", **more: Any) -> Message:
    return Message(ANA, 99, more.pop("delivery", 7), text, **more)


def _choices(number: int, label: str = "yes") -> tuple[Choice, ...]:
    return tuple(Choice(f"v1:p:1:1:{n}", f"{label} {n}") for n in range(number))


def _texts(message: Message) -> list[str | None]:
    return [call.text for call in calls(message) if isinstance(call, SendText)]


def _widths(rows: tuple[Row, ...]) -> list[int]:
    return [-len(row.choices) if isinstance(row, Menu) else len(row) for row in rows if not isinstance(row, Doorway)]


@pytest.mark.parametrize(("length", "pieces"), [(1_999, 1), (2_000, 1), (2_001, 2), (4_001, 3)])
@pytest.mark.parametrize("letter", ["x", "\U0001f9e1"])
def test_d20_a_message_has_two_thousand_code_points(length: int, pieces: int, letter: str) -> None:
    """Whatever letters they are."""
    texts = _texts(_message(letter * length))
    assert len(texts) == pieces
    assert "".join(text or "" for text in texts) == letter * length


@pytest.mark.parametrize("length", [999, 1_000, 1_001, 2_000])
def test_what_is_escaped_still_fits(length: int) -> None:
    """A text of nothing but stars is twice as long on its way."""
    texts = [text or "" for text in _texts(_message("*" * length))]
    assert all(len(text) <= 2_000 for text in texts)
    assert "".join(texts) == "\\*" * length


@pytest.mark.parametrize("typed", ["*not* bold", "_nor_ this", "~~gone~~", "||hidden||", "`code`", "> said", "# loud"])
def test_d15_nothing_that_anybody_wrote_is_markup(typed: str) -> None:
    """It is read as it was typed."""
    (text,) = _texts(_message(typed))
    assert text == escape_markdown(typed)
    assert text != typed


def test_each_piece_has_a_nonce_of_its_own() -> None:
    """The same for the same piece of the same delivery, short enough for Discord (25 signs)."""
    sent = [call for call in calls(_message("x" * 2_500, delivery=2**63 - 1)) if isinstance(call, SendText)]
    assert [call.nonce for call in sent] == ["9223372036854775807.0", "9223372036854775807.1"]
    assert all(len(call.nonce) <= 25 for call in sent)


def test_the_buttons_are_under_the_last_piece() -> None:
    """And under no other."""
    sent = [call for call in calls(_message("x" * 2_500, choices=_choices(2))) if isinstance(call, SendText)]
    assert [len(call.rows) for call in sent] == [0, 1]


@pytest.mark.parametrize(
    ("choices", "sides", "widths"),
    [
        (1, 0, [1]),
        (5, 0, [5]),
        (6, 0, [5, 1]),
        (24, 0, [5, 5, 5, 5, 4]),
        (25, 0, [5, 5, 5, 5, 5]),
        (26, 0, [-25, -1]),
        (20, 3, [5, 5, 5, 5, 3]),
        (21, 3, [-21, 3]),
        (99, 3, [-25, -25, -25, -24, 3]),
    ],
)
def test_d06_choices_are_buttons_or_selects(choices: int, sides: int, widths: list[int]) -> None:
    """Five rows of five; what is more goes into selects of twenty-five, and the sides stand below."""
    assert _widths(laid(_choices(choices), _choices(sides, "pass"))) == widths


def test_wide_labels_have_rows_of_their_own() -> None:
    """Two that do not fit side by side stand below each other."""
    assert _widths(laid(_choices(3, "a label that takes half of a line"), ())) == [1, 1, 1]


def test_more_than_fits_is_refused() -> None:
    """Before anything of it was sent."""
    with pytest.raises(Refused, match="more buttons than fit"):
        calls(_message(choices=_choices(126)))


@pytest.mark.parametrize(("length", "shown"), [(79, 79), (80, 80), (81, 80)])
def test_d06_a_label_has_eighty_code_points(length: int, shown: int) -> None:
    """A longer one is cut, and says so."""
    label = asyncio.run(_labels((Choice("v1:p:1:1:a", "x" * length),)))[0]
    assert len(label) == shown
    assert label.endswith("…") == (length > 80)


def test_a_tick_is_seen() -> None:
    """Also where it takes the room of two letters."""
    assert asyncio.run(_labels((Choice("v1:p:1:1:a", "x" * 80, ticked=True),)))[0].startswith("✓ xxx")


async def _labels(choices: tuple[Choice, ...]) -> list[str]:
    view = outbound.view((choices,), "")
    assert view is not None
    assert view.is_finished()  # the library remembers none of it
    return [component["label"] for row in view.to_components() for component in row["components"]]


def test_a_select_carries_what_a_button_would() -> None:
    """Each option is a press of its own."""

    async def components() -> Any:
        view = outbound.view(laid(_choices(26), ()), "")
        assert view is not None
        return view.to_components()

    (first, second) = asyncio.run(components())
    assert [option["value"] for option in first["components"][0]["options"]] == [c.token for c in _choices(25)]
    assert first["components"][0]["custom_id"] != second["components"][0]["custom_id"]
    assert first["components"][0]["placeholder"] == "yes 0 – yes 24"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "half \ud800"},
        {"text": None},
        {"text": "x", "edits": "seven"},
        {"choices": (Choice("v1:p:1:1:a", "half \ud800"),)},
        {"choices": (Choice("", "yes"),)},
        {"choices": (Choice("x" * 65, "yes"),)},
        {"choices": (Choice("v1:p:1:1:a", "  "),)},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    """Half a sign, nothing at all, a message that is none, a button that is none."""
    with pytest.raises(Refused):
        calls(_message(**wrong))


def test_an_edit_of_words_that_do_not_fit_changes_the_buttons_alone() -> None:
    """The words stay as they were."""
    assert calls(_message("short", edits="5")) == [Edit(99, 5, "short", ())]
    assert calls(_message("x" * 2_001, edits="5")) == [Edit(99, 5, None, ())]
    assert calls(_message(None, edits="5")) == [Edit(99, 5, None, ())]


def test_messages_go_one_by_one() -> None:
    """What is no id of a message is passed over."""
    assert calls(_message(None, removes=("5", "seven", "6"))) == [Remove(99, 5), Remove(99, 6)]


def test_a_file_has_its_words_beside_it() -> None:
    """Or below it, where they are long."""
    file = Attachment("time.ics", b"BEGIN:VCALENDAR")
    (call,) = calls(_message("Yours.", attachment=file, choices=_choices(1)))
    assert isinstance(call, SendFile)
    assert (call.text, len(call.rows)) == ("Yours.", 1)
    first, *others = calls(_message("x" * 2_500, attachment=file))
    assert isinstance(first, SendFile)
    assert first.text is None
    assert [call.nonce for call in others if isinstance(call, SendText)] == ["7.1", "7.2"]
