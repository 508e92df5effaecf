"""What the page can do in the group, one method each."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from adapters.playground.gathering import Gathering
from adapters.playground.posts import TOKEN, read

CONFLICT = 409


class GroupEnds:
    """What is posted to /api/group/."""

    def __init__(self, group: Gathering) -> None:
        """Does it in this group."""
        self._group = group

    async def say(self, request: Request) -> Response:
        """Somebody says something."""
        post = await read(request)
        done = await self._group.said(post.who, post.text("text"), post.browser)
        return _answer(done, "They are not in the group.")

    async def press(self, request: Request) -> Response:
        """Somebody presses a button."""
        post = await read(request)
        done = await self._group.pressed(post.who, post.text("token", TOKEN), post.browser)
        return _answer(done, "They are not in the group, or Leeway is not.")

    async def change(self, request: Request) -> Response:
        """Somebody comes or goes, brings Leeway or takes it out."""
        post = await read(request)
        done = await self._group.changed(post.who, post.change, post.browser)
        return _answer(done, "The group is like that already, or they are not in it.")


def _answer(done: bool, why_not: str) -> Response:
    if not done:
        raise HTTPException(CONFLICT, why_not)
    return JSONResponse({})
