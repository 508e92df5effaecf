"""What of Ana's answers tells others something, because that is what it is for; all else must tell nothing."""

from __future__ import annotations

from collections.abc import Mapping

from bot.engine.session import Kind, Prompt, Session

ANY: Mapping[str, frozenset[str]] = {"*": frozenset()}

# Of a conversation of Ana's own, by question: the taps that tell. "*": each answer may.
TELLS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "village": {"share": frozenset({"map", "all"})},
    "table": {"take": frozenset({"another"})},  # a card that she has seen is not drawn for the two
    "welcome": {},
    "export": {},
    "keepsake": {"noticed": frozenset({"share"})},
    "terms": {},
    "delete": {"how": frozenset({"everything"})},
    "moves": {},
    "language": {},
    "quiet": {},
    "country": {},
    "asks": {},
    "heard": {},
    "space": {"tell": frozenset({"send"})},
    "own-time": {},  # of one that was not told of; see `_is_hers`
    "dance": {"together": frozenset({"yes"})},  # with both, each sees the other's line, as both want it
    "ritual-tell": {"tell": frozenset({"ask"})},
    "ritual": {"wants": frozenset({"yes"}), "what": frozenset({"ask", "end"})},
    "woo": {},
    "afterwards": {"share": frozenset({"share"})},
    "discreet": {},
    "step": {},
    "job": {"share": frozenset({"share"})},
    "no": {"then": frozenset({"send"}), "yes-then": frozenset({"send"})},
    "made-room": {},
    "came-of-it": {},
    "mine": {},
    "mine-after": {},
    **dict.fromkeys(("rhythm", "settle", "zone", "guest", "confirm", "leave", "move"), ANY),
    "ritual-asked": ANY,
    **dict.fromkeys(("ask", "grade", "near", "near-reply"), ANY),  # a week may draw from what is in the jar
    **dict.fromkeys(("meanwhile", "good-wish", "kind-word", "asking-back", "answering"), ANY),
    **dict.fromkeys(("received-no", "received-yes"), ANY),
}
# Of a sealed question: what may be tapped in one world alone. Lighter, never this one and so on are for both.
SEALED_TAPS = frozenset({"pass", "no-guess", "0", "25", "50", "75", "100", "more"})
# After another's pass she alone is asked whether to show hers: that she would rather not tells nobody anything.
SHOW, KEEP = "show", "keep"


def decides(prompt: Prompt) -> bool:
    """Whether a question is that one."""
    return prompt.name.endswith(f"/{SHOW}")


def is_private(session: Session, prompt: Prompt) -> bool:
    """Whether a question is hers alone, so that she may answer it otherwise in each world."""
    told = session.exercise == "own-time" and bool(session.given.get("told"))
    if decides(prompt):
        return True
    return len(session.people) == 1 and "*" not in TELLS.get(session.exercise, ANY) and not told


def silent_taps(session: Session, prompt: Prompt) -> list[str]:
    """What she may tap in one world alone."""
    if decides(prompt):
        return [KEEP]
    if prompt.kind is Kind.MANY and len(prompt.ticks) >= prompt.least:
        return ["done"]
    telling = TELLS[session.exercise].get(prompt.name, frozenset())
    tokens = [*(option.token for option in prompt.options), *(side.token for side in prompt.sides)]
    return [token for token in tokens if token not in telling and token not in prompt.ticks]


def may_be_typed(session: Session, prompt: Prompt) -> bool:
    """Whether no words for it tell anything: a label that is typed is a tap."""
    return not decides(prompt) and prompt.name not in TELLS[session.exercise]
