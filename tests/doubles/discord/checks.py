"""What Discord takes in a message and in a form, and what a program of ours must not leave out."""

from __future__ import annotations

from collections.abc import Iterator

from tests.doubles.discord.faults import FormError
from tests.doubles.discord.objects import Json

CONTENT, ROWS, BUTTONS, LABEL, CUSTOM_ID = 2000, 5, 5, 80, 100
OPTIONS, OPTION, PLACEHOLDER, NONCE, TITLE, WRITTEN = 25, 100, 150, 25, 45, 4000
ROW, BUTTON, SELECT, INPUT, FRAME = 1, 2, 3, 4, 18  # kinds of components
SELECTS = {SELECT, 5, 6, 7, 8}
LINK = 5  # the style of a button that opens an address
_FIELDS = {"content", "components", "flags", "nonce", "enforce_nonce", "tts", "allowed_mentions", "message_reference"}
_FIELDS |= {"attachments"}


def length(path: str, text: object, least: int, most: int) -> None:
    """Raises `FormError` for what is no text of such a length, in code points."""
    if not isinstance(text, str) or not least <= len(text) <= most:
        raise FormError(path, f"Must be between {least} and {most} in length.")


def message(body: Json) -> None:
    """Raises `FormError` for a message outside of the limits."""
    if body.get("content") is not None:
        length("content", body["content"], 0, CONTENT)
    if body.get("nonce") is not None:
        length("nonce", body["nonce"], 0, NONCE)
    components(body.get("components") or [])


def complaints(body: Json) -> Iterator[str]:
    """What Discord takes, but no program of ours should send."""
    if "content" in body and (body.get("allowed_mentions") or {}).get("parse") != []:
        yield "a message may call people: allowed_mentions has no empty parse"
    if strange := body.keys() - _FIELDS:
        yield f"this double has no {', '.join(sorted(strange))}"


def components(rows: list[Json]) -> None:
    """Raises `FormError` for rows of components outside of the limits."""
    if len(rows) > ROWS:
        raise FormError("components", f"Must be {ROWS} or fewer in length.")
    taken = set[str]()
    for number, row in enumerate(rows):
        path = f"components.{number}"
        if row.get("type") != ROW:
            raise FormError(f"{path}.type", "Only an action row stands here.")
        inner = row.get("components") or []
        most = 1 if any(part.get("type") in SELECTS for part in inner) else BUTTONS
        if not 1 <= len(inner) <= most:
            raise FormError(f"{path}.components", f"Must be between 1 and {most} in length.")
        for place, part in enumerate(inner):
            _part(f"{path}.components.{place}", part, taken)


def _part(path: str, part: Json, taken: set[str]) -> None:
    match part.get("type"):
        case 2:
            _button(path, part)
        case 3:
            _select(path, part)
        case kind if kind not in SELECTS:
            raise FormError(f"{path}.type", "Not a component that stands in a row.")
    if part.get("style") != LINK or part["type"] != BUTTON:
        length(f"{path}.custom_id", part.get("custom_id"), 1, CUSTOM_ID)
        if part["custom_id"] in taken:
            raise FormError(f"{path}.custom_id", "Component custom id cannot be duplicated")
        taken.add(part["custom_id"])


def _button(path: str, button: Json) -> None:
    if button.get("style") not in range(1, 6):
        raise FormError(f"{path}.style", "Not a style that a program may use.")
    if button["style"] == LINK and ("custom_id" in button or not button.get("url")):
        raise FormError(f"{path}.url", "A link has an address and no custom id.")
    if not button.get("emoji"):
        length(f"{path}.label", button.get("label"), 1, LABEL)
    length(f"{path}.label", button.get("label") or "", 0, LABEL)


def _select(path: str, select: Json) -> None:
    options = select.get("options") or []
    if not 1 <= len(options) <= OPTIONS:
        raise FormError(f"{path}.options", f"Must be between 1 and {OPTIONS} in length.")
    for number, option in enumerate(options):
        for name in ("label", "value"):
            length(f"{path}.options.{number}.{name}", option.get(name), 1, OPTION)
        length(f"{path}.options.{number}.description", option.get("description") or "", 0, OPTION)
    if len({option["value"] for option in options}) != len(options):
        raise FormError(f"{path}.options", "The specified option value is already used")
    length(f"{path}.placeholder", select.get("placeholder") or "", 0, PLACEHOLDER)
    if not 0 <= select.get("min_values", 1) <= select.get("max_values", 1) <= len(options):
        raise FormError(f"{path}.max_values", "More values than there are options.")


def form(data: Json) -> None:
    """Raises `FormError` for a form (a modal) outside of the limits."""
    length("data.custom_id", data.get("custom_id"), 1, CUSTOM_ID)
    length("data.title", data.get("title"), 1, TITLE)
    frames = data.get("components") or []
    if not 1 <= len(frames) <= ROWS:
        raise FormError("data.components", f"Must be between 1 and {ROWS} in length.")
    for number, frame in enumerate(frames):
        _framed(f"data.components.{number}", frame)


def inputs(data: Json) -> dict[str, Json]:
    """What can be written into a form, by custom id."""
    inner = [frame.get("component") or frame["components"][0] for frame in data["components"]]
    return {each["custom_id"]: each for each in inner}


def _framed(path: str, frame: Json) -> None:
    """A label with what is written under it, or a row with one that has a label itself."""
    if frame.get("type") not in {ROW, FRAME}:
        raise FormError(f"{path}.type", "Only a label or an action row stands here.")
    [part] = [frame["component"]] if frame["type"] == FRAME else frame["components"]
    length(f"{path}.label", frame.get("label") if frame["type"] == FRAME else part.get("label"), 1, TITLE)
    if part.get("type") != INPUT or part.get("style") not in {1, 2}:
        raise FormError(f"{path}.component", "Only a text input of one of two styles is known here.")
    length(f"{path}.custom_id", part.get("custom_id"), 1, CUSTOM_ID)
    if not 1 <= part.get("max_length", WRITTEN) <= WRITTEN:
        raise FormError(f"{path}.max_length", f"Must be between 1 and {WRITTEN}.")
