"""The page's server: what it shows, what it posts, and whether the program is well."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import anyio
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.playground.adapter import Playground
from adapters.playground.controls import Controls, Ready
from adapters.playground.group_ends import GroupEnds
from adapters.playground.guard import HOSTS, OwnHeaders, SameOrigin
from adapters.playground.messages import Change
from adapters.playground.posts import TOKEN, read
from adapters.playground.shown import Json, shown

FILES = Path(__file__).parent / "page"
HOURS = {"hour": 3600, "day": 24 * 3600}  # seconds
GRACE = 1  # seconds that an open page has to hear the end, when the program is told to stop


class Endpoints:
    """What the page can ask, one method each."""

    def __init__(self, playground: Playground, controls: Controls, ready: Ready) -> None:
        """Asks these."""
        self._playground = playground
        self._controls = controls
        self._ready = ready

    async def state(self, request: Request) -> Response:
        """Everything there is."""
        return JSONResponse(self._shown(self._playground.since(0)))

    async def events(self, request: Request) -> Response:
        """Everything that changes after `after`, or after what the browser says it saw last."""
        seen = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        leaving = anyio.Event()
        changes = self._changes(int(seen) if seen.isdecimal() else 0, leaving)
        return EventSourceResponse(changes, ping=15, shutdown_event=leaving, shutdown_grace_period=GRACE)

    async def say(self, request: Request) -> Response:
        """An owner says something."""
        post = await read(request)
        await self._playground.said(post.phone, post.text("text"), post.browser)
        return _done()

    async def press(self, request: Request) -> Response:
        """An owner presses a button."""
        post = await read(request)
        await self._playground.pressed(post.phone, post.text("token", TOKEN), post.browser)
        return _done()

    async def edit(self, request: Request) -> Response:
        """An owner edits a message of theirs."""
        post = await read(request)
        if not await self._playground.edited(post.phone, post.message, post.text("text"), post.browser):
            raise HTTPException(404, "There is no such message of theirs.")
        return _done()

    async def unreadable(self, request: Request) -> Response:
        """An owner sends a photo, a voice message or a sticker."""
        post = await read(request)
        await self._playground.sent(post.phone, post.kind, post.browser)
        return _done()

    async def open(self, request: Request) -> Response:
        """An owner opens an invitation."""
        post = await read(request)
        await self._playground.opened(post.phone, post.text("code", TOKEN), post.browser)
        return _done()

    async def clock(self, request: Request) -> Response:
        """Moves the clock."""
        by = (await read(request)).one_of("by", (*HOURS, "next"))
        if by == "next":
            await self._controls.to_next()
        else:
            await self._controls.forward(HOURS[by])
        self._playground.bell.ring()
        return _done()

    async def reset(self, request: Request) -> Response:
        """Starts over."""
        await read(request)
        await self._controls.start_over()
        self._playground.bell.ring()
        return _done()

    async def file(self, request: Request) -> Response:
        """A file that came with a message, to be saved; a picture, to be seen."""
        if (found := self._playground.file(request.path_params["message"])) is None:
            raise HTTPException(404, "There is no such file.")
        if found.kind == "photo":
            return Response(found.content, media_type="image/png")
        headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
        return Response(found.content, media_type="application/octet-stream", headers=headers)

    async def health(self, request: Request) -> Response:
        """The program runs."""
        return JSONResponse({"ok": True})

    async def ready(self, request: Request) -> Response:
        """The program can work, or 503."""
        ready = self._ready()
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    def _shown(self, change: Change) -> Json:
        return shown(change, self._playground.group.room, self._controls)

    async def _changes(self, seen: int, leaving: anyio.Event) -> AsyncIterator[ServerSentEvent]:
        while not leaving.is_set():
            rung = self._playground.bell.next()
            change = self._playground.since(seen)
            yield ServerSentEvent(json.dumps(self._shown(change)), id=str(change.number))
            seen = change.number
            await _first_of(rung, leaving)
            if not self._playground.hears.is_set():
                return


async def _first_of(*events: asyncio.Event | anyio.Event) -> None:
    """Returns when one of them is set."""
    async with anyio.create_task_group() as tasks:

        async def wait(event: asyncio.Event | anyio.Event) -> None:
            await event.wait()
            tasks.cancel_scope.cancel()

        for event in events:
            tasks.start_soon(wait, event)


def page(playground: Playground, controls: Controls, ready: Ready, *more: Route) -> Starlette:
    """The application that shows the playground and hears what is done there; `more`: what else it answers."""
    logging.getLogger("sse_starlette").setLevel(logging.INFO)  # below that it would log what people wrote
    ends, group = Endpoints(playground, controls, ready), GroupEnds(playground.group)
    posts = (ends.say, ends.press, ends.edit, ends.unreadable, ends.open, ends.clock, ends.reset)
    in_group = (group.say, group.press, group.change)
    routes = [
        Route("/api/state", ends.state),
        Route("/api/events", ends.events),
        Route("/api/file/{message:int}", ends.file),
        *(Route(f"/api/{post.__name__}", post, methods=["POST"]) for post in posts),
        *(Route(f"/api/group/{post.__name__}", post, methods=["POST"]) for post in in_group),
        Route("/healthz", ends.health),
        Route("/readyz", ends.ready),
        *more,
        Mount("/", StaticFiles(directory=FILES, html=True)),
    ]
    guards = [
        Middleware(OwnHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
        Middleware(SameOrigin),
    ]
    return Starlette(
        routes=routes,
        middleware=guards,
        exception_handlers={HTTPException: _refused, sqlite3.Error: _unwritable},
    )


def _done() -> Response:
    return JSONResponse({})


async def _refused(request: Request, error: Exception) -> Response:
    status, why = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    return JSONResponse({"error": why}, status)


async def _unwritable(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": "The playground's file cannot be written just now; try again."}, 503)
