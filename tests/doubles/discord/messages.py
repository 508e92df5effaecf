"""Channels and messages over REST: what the bot sends, changes and deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.doubles.discord import checks
from tests.doubles.discord.faults import FormError, RefusedError
from tests.doubles.discord.guilds import SEND, VIEW
from tests.doubles.discord.objects import EPHEMERAL, SILENT, File, Json, Person, Posted, Request

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double

NONCE_LASTS = 300  # seconds: "the past few minutes"
_CLOSED = {
    50007: "Cannot send messages to this user",
    50278: "Cannot send messages to this user due to having no mutual guilds",
}


def opened(double: Double, request: Request) -> Json:
    """The channel of a person and the bot."""
    person = double.people.get(int(request.body["recipient_id"]))
    if person is None:
        raise RefusedError(400, 50033, "Invalid Recipient(s)")
    if not double.opens:
        _is_open(double, person)
    return person.channel()


def channel(double: Double, request: Request) -> Json:
    """A channel."""
    where = int(request.ids["channel"])
    if person := double.person_of(where):
        return person.channel()
    if guild := double.guilds.opened(where, VIEW):
        return guild.channels[where].told(guild)
    raise RefusedError(404, 10003, "Unknown Channel")


def sent(double: Double, request: Request) -> Json:
    """A message to a channel; for a nonce that was there lately, the message that was sent with it."""
    where, body = int(channel(double, request)["id"]), request.body
    read(double, body)
    is_something(body, request.files)
    if body.get("nonce") is None or not body.get("enforce_nonce"):
        double.complaints.append("a message without a nonce, or one that is not enforced")
    if double.guilds.opened(where, SEND) and not body.get("flags", 0) & SILENT:
        double.complaints.append("a message in a guild's channel, for which everybody's phone rings")
    if body.get("flags", 0) & EPHEMERAL:
        raise FormError("flags", "Only the answer to an interaction is ephemeral.")
    if first := _first(double, body):
        if first.channel != where:
            double.complaints.append("the nonce of a message to another channel")
        return double.told(first)
    if person := double.person_of(where):
        _is_open(double, person)
    posted = double.post(where, body, request.files, reference=_reference(double, where, body))
    return double.told(posted) | ({"nonce": posted.nonce} if posted.nonce is not None else {})


def edited(double: Double, request: Request) -> Json:
    """A message of the bot's with something else in it."""
    posted = found(double, request)
    if posted.author != double.robot.id:
        double.complaints.append("an edit of a message that is not the bot's")
        raise RefusedError(403, 50005, "Cannot edit a message authored by another user")
    read(double, request.body)
    double.edit(posted, request.body, request.files)
    return double.told(posted)


def deleted(double: Double, request: Request) -> None:
    """A message is gone."""
    posted = found(double, request)
    if posted.author != double.robot.id:
        double.complaints.append("a message deleted that is not the bot's")
        raise RefusedError(403, 50003, "Cannot execute action on a DM channel")
    double.remove(posted)


def found(double: Double, request: Request) -> Posted:
    """The message of a request, which is there and no ephemeral one."""
    channel(double, request)
    posted = double.posted.get((int(request.ids["channel"]), int(request.ids["message"])))
    if posted is None or posted.gone or posted.is_ephemeral:
        raise RefusedError(404, 10008, "Unknown Message")
    return posted


def read(double: Double, body: Json) -> None:
    """Looks a message through. Raises `FormError` for one outside of the limits."""
    double.complaints.extend(checks.complaints(body))
    checks.message(body)


def is_something(body: Json, files: list[File]) -> None:
    """Raises `RefusedError` for a message with nothing to read or to open in it."""
    if not (body.get("content") or "").strip() and not files:
        raise RefusedError(400, 50006, "Cannot send an empty message")


def _first(double: Double, body: Json) -> Posted | None:
    """What was sent with the same nonce lately."""
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    posted, at = double.nonces.get(str(body["nonce"]), (None, 0))
    return posted if double.now() - at < NONCE_LASTS else None


def _reference(double: Double, where: int, body: Json) -> int | None:
    """The message that this one answers."""
    reference = body.get("message_reference")
    if reference is None:
        return None
    posted = double.posted.get((where, int(reference["message_id"])))
    if posted is not None and not posted.gone:
        return posted.id
    if reference.get("fail_if_not_exists", True):
        unknown = {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}
        raise RefusedError(400, 50035, "Invalid Form Body", {"message_reference": unknown})
    return None


def _is_open(double: Double, person: Person) -> None:
    if person.id in double.closed:
        status, code = double.closed[person.id]
        raise RefusedError(status, code, _CLOSED.get(code, "Cannot send messages to this user"))
