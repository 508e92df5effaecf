"""What the methods of the Bot API take, and what the server says of a request that it does not like."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.doubles.telegram.forms import File, WrongFormError, as_json
from tests.doubles.telegram.objects import Json, utf16

TEXT, CAPTION, BUTTONS, DATA = 4096, 1024, 100, 64
ASIDE = 200
PHOTO, SIDES = 10 * 2**20, 10_000

# method → its fields: those that must be there end with "!"; those that hold JSON begin with "{".
FIELDS: dict[str, str] = {
    "getMe": "",
    "getUpdates": "offset limit timeout {allowed_updates",
    "deleteWebhook": "drop_pending_updates",
    "sendMessage": "chat_id! text! {reply_markup {link_preview_options {entities {reply_parameters"
    " disable_notification message_thread_id",
    "sendPhoto": "chat_id! photo! caption {reply_markup {caption_entities",
    "sendDocument": "chat_id! document! caption {reply_markup {caption_entities disable_content_type_detection",
    "editMessageText": "chat_id! message_id! text! {reply_markup {link_preview_options {entities",
    "editMessageCaption": "chat_id! message_id! caption {reply_markup {caption_entities",
    "editMessageReplyMarkup": "chat_id! message_id! {reply_markup",
    "getChat": "chat_id!",
    "getChatMemberCount": "chat_id!",
    "getChatMember": "chat_id! user_id!",
    "deleteMessage": "chat_id! message_id!",
    "deleteMessages": "chat_id! {message_ids!",
    "answerCallbackQuery": "callback_query_id! text show_alert",
    "setMyCommands": "{commands! {scope language_code",
    "setMyDescription": "description language_code",
    "setMyShortDescription": "short_description language_code",
}


class RefusedError(Exception):
    """The server says no: the HTTP status, its sentence, and what it adds."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        """With the prefix that the server puts before it."""
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    def told(self) -> Json:
        """As the server tells it."""
        told: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return told | ({"parameters": self.parameters} if self.parameters else {})


def bad(words: str) -> RefusedError:
    """A bad request."""
    return RefusedError(400, f"Bad Request: {words}")


@dataclass(frozen=True)
class Request:
    """A request as it came, its JSON read. `at`: when, in seconds of the loop's clock."""

    method: str
    fields: dict[str, Any]
    files: dict[str, File] = field(default_factory=dict)
    at: float = 0.0


def read(method: str, fields: dict[str, str], files: dict[str, File], at: float) -> Request:
    """A request whose fields are those of its method. Raises `RefusedError`, or `WrongFormError` for what the real
    server would only silently pass over."""
    if method not in FIELDS:
        raise RefusedError(404, "Not Found")
    wanted = {name.strip("{!"): name for name in FIELDS[method].split()}
    if strange := (fields.keys() | files.keys()) - wanted.keys():
        strange -= {value.removeprefix("attach://") for value in fields.values() if value.startswith("attach://")}
    if strange:
        raise WrongFormError(f"{method} has no {', '.join(sorted(strange))}")
    for name, form in wanted.items():
        if form.endswith("!") and name not in fields and name not in files:
            raise bad("message text is empty" if name == "text" else f"{name} is not specified")
    plain = {n: as_json(fields, n) if wanted.get(n, n).startswith("{") else v for n, v in fields.items()}
    request = Request(method, plain, files, at)
    _check(request)
    return request


def _check(request: Request) -> None:
    fields = request.fields
    if "text" in fields:
        _text(fields["text"])
    if utf16(fields.get("caption", "")) > CAPTION:
        raise bad("message caption is too long")
    if fields.get("reply_markup"):
        _keyboard(fields["reply_markup"])
    for name in ("entities", "caption_entities"):
        _entities(fields.get(name) or [], fields.get(name.replace("entities", "text"), ""))
    if request.method == "setMyCommands":
        _commands(fields)
    if utf16(fields.get("description", "")) > 512 or utf16(fields.get("short_description", "")) > 120:
        raise bad("description is too long")
    if utf16(fields.get("text", "")) > ASIDE and request.method == "answerCallbackQuery":
        raise bad("MESSAGE_TOO_LONG")
    if not 1 <= len(fields.get("message_ids", [1])) <= 100:
        raise bad("there must be from 1 to 100 message identifiers")
    if not 0 <= int(fields.get("limit", 1)) <= 100:
        raise WrongFormError("a limit between 1 and 100")


def _text(text: str) -> None:
    if not text.strip():
        raise bad("message text is empty")
    if utf16(text) > TEXT:
        raise bad("message is too long")


def _keyboard(markup: Json) -> None:
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > BUTTONS or any(not 1 <= len(row) <= 8 for row in markup["inline_keyboard"]):
        raise bad("reply markup is too long")
    for button in buttons:
        _button(button)


def _button(button: Json) -> None:
    if not button["text"].strip():
        raise bad("can't parse inline keyboard button: Text must be non-empty")
    does = button.keys() & {"callback_data", "url", "copy_text", "switch_inline_query"}
    if len(does) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and (urlsplit(button["url"]).scheme != "https" or not urlsplit(button["url"]).netloc):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: unsupported URL protocol")


def _entities(entities: list[Json], text: str) -> None:
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > utf16(text):
            raise bad("entity beyond the end of the text")


def _commands(fields: dict[str, Any]) -> None:
    if len(fields["commands"]) > 100:
        raise bad("too many commands specified")
    for each in fields["commands"]:
        name, words = each["command"], each["description"]
        if not (1 <= len(name) <= 32 and name.isascii() and name.replace("_", "").isalnum() and name == name.lower()):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(words) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    if (fields.get("scope") or {"type": "default"})["type"] not in {
        "default",
        "all_private_chats",
        "all_group_chats",
    }:
        raise WrongFormError(f"a scope that is none: {fields['scope']}")
    language = fields.get("language_code", "")
    if language and not (len(language) == 2 and language.isalpha()):
        raise bad("invalid language code specified")


def size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; nothing of anything else."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad("IMAGE_PROCESS_FAILED")
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])
