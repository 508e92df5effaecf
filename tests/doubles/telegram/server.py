"""The double over real HTTP, on a free port of this machine."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import uvicorn

from tests.doubles.telegram import forms
from tests.doubles.telegram.double import Broken, Double
from tests.doubles.telegram.methods import RefusedError

_PATH = re.compile(r"/bot([^/]+)/(\w+)")


class Quiet(uvicorn.Server):
    """A server that leaves signals to the test."""

    def capture_signals(self) -> Any:
        """None."""
        return nullcontext()


@asynccontextmanager
async def serving(double: Double) -> AsyncIterator[str]:
    """The address under which it is to be found, for as long as it is."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        _application(double),
        log_config=None,
        lifespan="off",
        ws="none",
        access_log=False,
        timeout_graceful_shutdown=1,
        timeout_keep_alive=75,  # as the real one's: longer than any client's, which else may write into a closed one
    )
    server = Quiet(config)
    serving = asyncio.create_task(server.serve([listening]))
    try:
        while not server.started:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.001)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        await serving
        listening.close()


def _application(double: Double) -> Any:
    async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
        body = b""
        while True:
            part = await receive()
            body += part.get("body", b"")
            if not part.get("more_body"):
                break
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        answering = asyncio.ensure_future(_answer(double, scope["path"], headers.get("content-type", ""), body))
        leaving = asyncio.ensure_future(receive())
        await asyncio.wait([answering, leaving], return_when=asyncio.FIRST_COMPLETED)
        leaving.cancel()
        if not answering.done():
            answering.cancel()
            return
        status, answer = answering.result()
        if answer is None:  # the connection ends in the middle of an answer
            await send(_start(200, 1000))
            await send({"type": "http.response.body", "body": b'{"ok":'})
            return
        await send(_start(status, len(answer)))
        await send({"type": "http.response.body", "body": answer})

    return application


def _start(status: int, length: int) -> dict[str, Any]:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(length).encode())]
    return {"type": "http.response.start", "status": status, "headers": headers}


async def _answer(double: Double, path: str, content_type: str, body: bytes) -> tuple[int, bytes | None]:
    """The status and the body of an answer; None for a connection that breaks off."""
    if not (found := _PATH.fullmatch(path)):
        return 404, b'{"ok":false,"error_code":404,"description":"Not Found"}'
    try:
        fields, files = forms.read(content_type, body)
        fault = double.faults[found[2]]
        if fault and isinstance(fault[0], bytes):
            answer = fault.popleft()
            assert isinstance(answer, bytes)
            return (200 if answer.startswith(b"{") else 502), answer
        return 200, json.dumps(await double.asked(found[1], found[2], fields, files)).encode()
    except RefusedError as error:
        return error.code, json.dumps(error.told()).encode()
    except forms.WrongFormError as error:
        double.complaints.append(str(error))
        return 400, b'{"ok":false,"error_code":400,"description":"Bad Request"}'
    except Broken:
        return 200, None
