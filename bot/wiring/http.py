"""A server on this machine: for the playground's page, and for whoever asks whether the program is well."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.playground.guard import HOSTS
from bot.errors import ConfigurationError, StoreError
from bot.settings import Settings
from bot.wiring.figures import FORM

PORTS_TRIED = 50

Well = Callable[[], bool]
Measured = Callable[[], Awaitable[bytes]]


def measures(measured: Measured) -> Route:
    """Answers `/metrics` with what is counted; 503 while the store does not answer."""

    async def counted(_request: Request) -> Response:
        try:
            return Response(await measured(), media_type=FORM)
        except StoreError:
            return Response(status_code=503)

    return Route("/metrics", counted)


def health(is_well: Well, measured: Measured, host: str) -> Starlette:
    """Answers `/healthz` as long as the program runs, `/readyz` with 503 while it cannot work, and `/metrics`; whoever
    asks for this machine by a name of its own, or for `host`."""

    async def runs(_request: Request) -> Response:
        return JSONResponse({"ok": True})

    async def ready(_request: Request) -> Response:
        well = is_well()
        return JSONResponse({"ready": well}, 200 if well else 503)

    routes = [Route("/healthz", runs), Route("/readyz", ready), measures(measured)]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=[*HOSTS, host], www_redirect=False)
    return Starlette(routes=routes, middleware=[guard])


def listen(host: str, port: int) -> socket.socket:
    """A socket on that port or the next free one. Raises `ConfigurationError` when none of fifty is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen()
        except OSError:
            listening.close()
            continue
        return listening
    raise ConfigurationError([f"HTTP_PORT: {port} and the {PORTS_TRIED} ports after it are taken; name another"])


def address(settings: Settings, listening: socket.socket, path: str = "") -> str:
    """Where it is to be found; and why not where it was looked for."""
    port = listening.getsockname()[1]
    host = f"[{settings.http_host}]" if ":" in settings.http_host else settings.http_host
    taken = "" if port == settings.http_port else f" (port {settings.http_port} is taken)"
    return f"http://{host}:{port}/{path}{taken}"


def server(application: Starlette) -> uvicorn.Server:
    """Serves it until a signal ends the program."""
    config = uvicorn.Config(
        application, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2, server_header=False
    )
    return uvicorn.Server(config)
