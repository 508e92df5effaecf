"""The gateway: sessions, and the events that they are told."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.doubles.discord.objects import Json

if TYPE_CHECKING:
    from tests.doubles.discord.double import Double

INTENTS = 1 | 1 << 12  # guilds and dm_messages
HEARTBEAT = 41_250  # milliseconds
DISPATCH, BEAT, IDENTIFY, RESUME, INVALID, HELLO, BEATEN = 0, 1, 2, 6, 9, 10, 11
_PASSED_OVER = {3, 4, 8}  # presence, voice, members: nothing comes of them here
_RECONNECT, _WRONG_TOKEN, _UNKNOWN_OP, _UNNAMED, _GOING_AWAY = 4000, 4004, 4001, 4003, 1001
_ENDED = {1000, 1001}  # whoever closes with these does not come back for the rest

Line = asyncio.Queue[Json | int]  # what is to be sent on a connection; a number closes it


@dataclass
class Session:
    """What one client is told, in order, over one connection after another."""

    id: str
    line: Line | None
    events: list[Json] = field(default_factory=list)
    delivered: int = 0

    def add(self, event: str, data: Any) -> None:
        """One event more."""
        payload = {"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(payload)
        if self.line is not None:
            self.line.put_nowait(payload)

    def rest(self) -> list[tuple[str, Any]]:
        """The events that were never delivered."""
        left = self.events[self.delivered :]
        return [(event["t"], event["d"]) for event in left if event["t"] not in {"READY", "RESUMED"}]


class Gateway:
    """One shard."""

    def __init__(self, double: Double) -> None:
        """Of that server."""
        self.double = double
        self.session: Session | None = None
        self._lines: set[Line] = set()
        self._waiting: list[tuple[str, Any]] = []
        self._sessions = 0

    @property
    def is_connected(self) -> bool:
        """A client has identified itself, or has resumed, and is still there."""
        return self.session is not None and self.session.line is not None

    def push(self, event: str, data: Any) -> None:
        """An event, for the session or for the next one."""
        if self.session is not None:
            self.session.add(event, data)
        elif self.double.keeps:
            self._waiting.append((event, data))

    def drop(self, *, resumable: bool) -> None:
        """Closes every connection."""
        for line in self._lines:
            line.put_nowait(_RECONNECT)
        if self.session is not None:
            self.session.line = None
        if not resumable:
            self._end()

    def end(self) -> None:
        """Closes every connection; the server goes away."""
        for line in self._lines:
            line.put_nowait(_GOING_AWAY)

    async def attend(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, for as long as it lasts."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        line: Line = asyncio.Queue()
        line.put_nowait({"op": HELLO, "t": None, "s": None, "d": {"heartbeat_interval": HEARTBEAT, "_trace": []}})
        self._lines.add(line)
        writing = asyncio.create_task(self._write(socket, line))
        try:
            async for message in socket:
                if message.type == WSMsgType.TEXT:
                    self._heard(line, json.loads(message.data))
                    self.double.ring()
        finally:
            self._lines.discard(line)
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
            self._left(line, socket.close_code)
        return socket

    async def _write(self, socket: web.WebSocketResponse, line: Line) -> None:
        with suppress(ConnectionError):
            while isinstance(payload := await line.get(), dict):
                await socket.send_str(json.dumps(payload))
                if payload["op"] == DISPATCH and self.session is not None and self.session.line is line:
                    self.session.delivered = max(self.session.delivered, payload["s"])
                    self.double.ring()
            await socket.close(code=payload)

    def _left(self, line: Line, code: int | None) -> None:
        if self.session is not None and self.session.line is line:
            self.session.line = None
            if code in _ENDED:
                self._end()
        self.double.ring()

    def _end(self) -> None:
        """The session is over. The next one is told what this one was not, if that is kept."""
        if self.session is not None and self.double.keeps:
            self._waiting += self.session.rest()
        self.session = None

    def _heard(self, line: Line, payload: Json) -> None:
        match payload["op"]:
            case 1:
                line.put_nowait({"op": BEATEN, "t": None, "s": None, "d": None})
            case 2:
                self._identify(line, payload["d"])
            case 6:
                self._resume(line, payload["d"])
            case op if op in _PASSED_OVER and self.session is not None and self.session.line is line:
                pass
            case op:
                self.double.complaints.append(f"op {op} on the gateway")
                line.put_nowait(_UNNAMED if op in _PASSED_OVER else _UNKNOWN_OP)

    def _identify(self, line: Line, asked: Json) -> None:
        self.double.identifies.append(asked)
        if asked["token"] != self.double.token:
            line.put_nowait(_WRONG_TOKEN)
            return
        if asked["intents"] != INTENTS:
            self.double.complaints.append(f"intents {asked['intents']} in place of {INTENTS}")
        self._end()
        self._sessions += 1
        self.session = session = Session(f"session{self._sessions}", line)
        session.add("READY", self._ready(session.id, asked.get("shard")))
        for guild in self.double.guilds:
            if not guild.is_away:
                session.add("GUILD_CREATE", guild.created(self.double.robot) | {"unavailable": False})
        for event, data in self._waiting:
            session.add(event, data)
        self._waiting.clear()

    def _resume(self, line: Line, asked: Json) -> None:
        self.double.resumes.append(asked)
        session = self.session
        if session is None or asked["session_id"] != session.id or asked["token"] != self.double.token:
            line.put_nowait({"op": INVALID, "t": None, "s": None, "d": False})
            return
        session.line = line
        for payload in session.events[asked["seq"] :]:
            line.put_nowait(payload)
        session.add("RESUMED", {"_trace": []})

    def _ready(self, session: str, shard: list[int] | None) -> Json:
        robot = self.double.robot
        told: Json = {"v": 10, "user": robot.myself(), "session_id": session, "session_type": "normal"}
        told |= {"resume_gateway_url": self.double.site.gateway, "application": {"id": str(robot.id), "flags": 0}}
        told |= {"guilds": [{"id": str(guild.id), "unavailable": True} for guild in self.double.guilds]}
        told |= {"private_channels": [], "presences": [], "relationships": [], "user_settings": {}, "_trace": []}
        return told | ({"shard": shard} if shard is not None else {})
