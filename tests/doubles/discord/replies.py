"""Answers to interactions: the first one, what becomes of it, and what follows it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.doubles.discord import checks
from tests.doubles.discord.faults import FormError, RefusedError
from tests.doubles.discord.messages import is_something, read
from tests.doubles.discord.objects import EPHEMERAL, File, Interaction, Json, Posted, Request

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double

MOST = 5  # messages that may follow where the bot is not: its application was only brought along
FIRST, TOKEN = 3, 15 * 60  # seconds: for the first response, and for everything after it
MESSAGE, LATER_MESSAGE, LATER_UPDATE, UPDATE, FORM = 4, 5, 6, 7, 9  # kinds of responses
COMPONENT, SUBMIT = 3, 5  # kinds of interactions


def called_back(double: Double, request: Request) -> Json | None:
    """The first response."""
    interaction = double.interactions.get(int(request.ids["id"]))
    if interaction is None or interaction.token != request.ids["token"] or _is_late(double, interaction):
        raise RefusedError(404, 10062, "Unknown interaction")
    if interaction.callback is not None:
        raise RefusedError(400, 40060, "Interaction has already been acknowledged.")
    _check(double, interaction, request.body)
    data = request.body.get("data") or {}
    if request.body["type"] == MESSAGE:
        is_something(data, request.files)
    interaction.callback = request.body
    _carry_out(double, interaction, data, request.files)
    if request.query.get("with_response", "false").lower() in {"1", "true"}:
        return _told(double, interaction)
    return None


def original(double: Double, request: Request) -> Json:
    """The message that the first response made, or that a press is under."""
    return double.told(_original(_alive(double, request)))


def changed(double: Double, request: Request) -> Json:
    """That message with something else in it; or, where it was only announced, the message."""
    interaction, body = _alive(double, request), request.body
    read(double, body)
    kind = (interaction.callback or {})["type"]
    if interaction.answer is None and kind == LATER_MESSAGE and not interaction.deleted:
        is_something(body, request.files)
        flags = EPHEMERAL if interaction.is_private else 0
        interaction.answer = _posted(double, interaction, body, request.files, flags)
    else:
        _is_theirs(double, interaction, _original(interaction).flags)
        double.edit(_original(interaction), body, request.files)
    interaction.original = _original(interaction).content
    return double.told(_original(interaction))


def deleted(double: Double, request: Request) -> None:
    """That message is gone; or, where it was only announced, it will not come."""
    interaction = _alive(double, request)
    if interaction.deleted:
        raise RefusedError(404, 10008, "Unknown Message")
    if interaction.answer is not None or (interaction.callback or {})["type"] != LATER_MESSAGE:
        double.remove(_original(interaction))
    interaction.deleted = True


def followed(double: Double, request: Request) -> Json:
    """One message more. After a private "I am thinking" it is as private as that."""
    interaction, body = _alive(double, request), request.body
    read(double, body)
    is_something(body, request.files)
    waits = (interaction.callback or {})["type"] == LATER_MESSAGE and interaction.answer is None
    flags = (body.get("flags") or 0) | (EPHEMERAL if waits and interaction.is_private else 0)
    if interaction.is_users and len(interaction.more) == MOST:
        double.complaints.append("more answers than may follow where the bot is not")
        raise RefusedError(400, 40094, "This interaction has already reached the maximum number of follow-up messages")
    _is_theirs(double, interaction, flags)
    posted = _posted(double, interaction, body, request.files, flags)
    if waits:
        interaction.answer = posted
    interaction.more.append(posted)
    return double.told(posted)


def _is_late(double: Double, interaction: Interaction) -> bool:
    """By the double's clock or by the one on the wall."""
    return double.now() - interaction.at > FIRST or time.monotonic() - interaction.started > FIRST


def _alive(double: Double, request: Request) -> Interaction:
    """The interaction of a webhook, answered and not older than its token lasts."""
    token = request.ids["token"]
    interaction = next((each for each in double.interactions.values() if each.token == token), None)
    if interaction is None or request.ids["application"] != str(double.robot.id) or interaction.callback is None:
        raise RefusedError(404, 10015, "Unknown Webhook")
    if double.now() - interaction.at > TOKEN:
        raise RefusedError(401, 50027, "Invalid Webhook Token")
    return interaction


def _original(interaction: Interaction) -> Posted:
    kind = (interaction.callback or {})["type"]
    posted = interaction.message if kind in {LATER_UPDATE, UPDATE} else interaction.answer
    if posted is None or posted.gone or interaction.deleted:
        raise RefusedError(404, 10008, "Unknown Message")
    return posted


def _posted(double: Double, interaction: Interaction, body: Json, files: list[File], flags: int) -> Posted:
    posted = double.post(interaction.channel, body, files, flags=flags)
    if posted.is_ephemeral:
        posted.reader = interaction.who.id
        double.on_whispered(interaction, posted)
    return posted


def _check(double: Double, interaction: Interaction, body: Json) -> None:
    kind, data = body.get("type"), body.get("data") or {}
    allowed = {MESSAGE, LATER_MESSAGE, FORM}
    if interaction.kind == COMPONENT or (interaction.kind == SUBMIT and interaction.message is not None):
        allowed |= {LATER_UPDATE, UPDATE}
    if interaction.kind == SUBMIT:
        allowed -= {FORM}
    if kind not in allowed:
        raise FormError("type", f"Interaction response type {kind} is not possible here")
    if kind == FORM:
        checks.form(data)
        return
    if kind in {MESSAGE, UPDATE}:
        read(double, data)
    if kind in {MESSAGE, LATER_MESSAGE}:
        _is_theirs(double, interaction, data.get("flags") or 0)
    if kind == UPDATE and interaction.message is not None:
        _is_theirs(double, interaction, interaction.message.flags)


def _is_theirs(double: Double, interaction: Interaction, flags: int) -> None:
    """Where others are, an answer is for whoever did it alone."""
    if interaction.channel != interaction.who.dm and not flags & EPHEMERAL:
        double.complaints.append("an answer that everybody reads")


def _carry_out(double: Double, interaction: Interaction, data: Json, files: list[File]) -> None:
    kind = (interaction.callback or {})["type"]
    if kind == MESSAGE:
        interaction.answer = _posted(double, interaction, data, files, data.get("flags") or 0)
    if kind == UPDATE and interaction.message is not None and not interaction.message.gone:
        double.edit(interaction.message, data, files)


def _told(double: Double, interaction: Interaction) -> Json:
    kind = (interaction.callback or {})["type"]
    told: Json = {"id": str(interaction.id), "type": interaction.kind}
    resource: Json = {"type": kind}
    if kind in {MESSAGE, LATER_MESSAGE}:
        told |= {
            "response_message_loading": kind == LATER_MESSAGE,
            "response_message_ephemeral": interaction.is_private,
        }
    shown = interaction.message if kind == UPDATE else interaction.answer
    if shown is not None:
        told["response_message_id"] = str(shown.id)
        resource["message"] = double.told(shown)
    return {"interaction": told, "resource": resource}
