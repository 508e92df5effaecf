"""The double over real HTTP and a real WebSocket, on a free port of this machine."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from zlib import crc32

from aiohttp import BodyPartReader, web

from tests.doubles.discord.double import Double, Site
from tests.doubles.discord.faults import Answer, RefusedError
from tests.doubles.discord.objects import File, Request
from tests.doubles.discord.routes import needs_token, route_of

_API = "/api/v10"
_LARGEST = 25 * 2**20  # bytes of a request


@asynccontextmanager
async def serving(double: Double) -> AsyncIterator[Site]:
    """The addresses under which it is to be found, for as long as it is."""
    application = web.Application(client_max_size=_LARGEST)
    application.router.add_get("/gateway", double.gateway.attend)
    application.router.add_get("/gateway/", double.gateway.attend)
    application.router.add_route("*", "/{anything:.*}", _handler(double))
    runner = web.AppRunner(application, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    port = runner.addresses[0][1]
    double.site = Site(f"http://127.0.0.1:{port}{_API}", f"ws://127.0.0.1:{port}/gateway")
    try:
        yield double.site
    finally:
        double.gateway.end()
        await runner.cleanup()


def _handler(double: Double) -> Any:
    async def handler(request: web.Request) -> web.Response:
        read = await _read(double, request)
        answer = _stopped(double, request, read) or await double.asked(read)
        if answer is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        return _response(answer, read.route)

    return handler


async def _read(double: Double, request: web.Request) -> Request:
    path = request.path.removeprefix(_API)
    route, ids = route_of(request.method, path)
    body: Any = None
    files: list[File] = []
    if request.content_type == "multipart/form-data":
        body, files = await _parts(request)
    elif content := await request.read():
        if request.content_type != "application/json":
            double.complaints.append(f"a body of type {request.content_type}")
        body = json.loads(content)
    return Request(request.method, path, body, route, ids, dict(request.query), files)


async def _parts(request: web.Request) -> tuple[Any, list[File]]:
    """The JSON and the files of a form in parts."""
    body: Any = None
    files: list[File] = []
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read())
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files.append((part.filename or "", content))
    return body, files


def _stopped(double: Double, request: web.Request, read: Request) -> Answer | None:
    """What is said to whoever is not let in."""
    if not needs_token(read.route) or request.headers.get("Authorization") == f"Bot {double.token}":
        return None
    double.requests.append(read)
    return RefusedError(401, 0, "401: Unauthorized").answer()


def _response(answer: Answer, route: str) -> web.Response:
    """With a limit that nobody reaches, of which the client must yet be told."""
    limit = {"Limit": "50", "Remaining": "49", "Reset-After": "1.000", "Bucket": f"{crc32(route.encode()):x}"}
    headers = {f"X-RateLimit-{name}": value for name, value in limit.items()} | {"Via": "1.1 google"} | answer.headers
    if answer.status == 429 and "Via" not in answer.headers:
        del headers["Via"]
    match answer.told:
        case None:
            return web.Response(status=answer.status, headers=headers)
        case str():
            return web.Response(status=answer.status, headers=headers, text=answer.told, content_type="text/html")
        case told:
            headers["Content-Type"] = "application/json"
            return web.Response(status=answer.status, headers=headers, body=json.dumps(told).encode())
