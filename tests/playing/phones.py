"""What a player has before them: messages, the buttons that are there now, and those that once were."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.ports import Choice
from tests.playing.platform import News


def plain(words: str) -> str:
    """Words with the narrow spaces of times ("7:00 PM") as plain ones."""
    return words.replace("\u202f", " ").replace("\u00a0", " ")


def first_line(words: str) -> str:
    """The first line of some words."""
    return plain(words.split("\n")[0])


@dataclass(slots=True)
class Phone:
    """What a player has before them."""

    buttons: dict[str, tuple[Choice, ...]] = field(default_factory=dict)  # now, by message, oldest first
    ever: dict[str, list[Choice]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    mine: dict[str, str] = field(default_factory=dict)  # own words → message

    def heard(self, news: News) -> None:
        """Something came."""
        self.buttons[news.message] = news.buttons
        self.ever.setdefault(news.message, []).extend(news.buttons)
        if news.text is not None:
            self.texts[news.message] = news.text
        if news.invite and news.invite not in self.codes:
            self.codes.append(news.invite)

    def lost(self, news: News) -> str:
        """A message is gone; its first line."""
        del self.buttons[news.message]
        return first_line(self.texts.pop(news.message, ""))

    def button(self, label: str) -> Choice | None:
        """The newest button with that label."""
        everywhere = (b for buttons in reversed(self.buttons.values()) for b in buttons)
        return next((b for b in everywhere if plain(b.label) == label), None)

    def first_button(self) -> Choice | None:
        """The first button of the newest message that has any."""
        return next((buttons[0] for buttons in reversed(self.buttons.values()) if buttons), None)

    def old_button(self, label: str) -> Choice | None:
        """The newest button with that label that is no longer there."""
        now = {b.token for buttons in self.buttons.values() for b in buttons}
        everywhere = (b for buttons in reversed(self.ever.values()) for b in buttons)
        return next((b for b in everywhere if plain(b.label) == label and b.token not in now), None)
