"""Ana, Ben, and a sender between them and a store."""

import asyncio
from collections.abc import Iterator, Mapping

import pytest

from scheduler.limits import Limits
from storage.memory import MemoryStore
from storage.writer import Writer
from tests.test_scheduler.parts import ANA, BEN, MakePost, Memory, Phones, Post


@pytest.fixture
def store() -> Memory:
    """An empty store."""
    return MemoryStore()


@pytest.fixture
def writer() -> Iterator[Writer]:
    """The store's thread."""
    writer = Writer()
    yield writer
    asyncio.run(writer.close())


@pytest.fixture
def make_post(store: Memory, writer: Writer) -> MakePost:
    """Makes senders on the same store, with Ana and Ben known: a second one is the program started again."""

    def make(phones: Phones | None = None, limits: Mapping[str, Limits] | None = None) -> Post:
        post = Post(store, writer, phones, limits)
        post.meet(ANA, BEN)
        return post

    return make


@pytest.fixture
def post(make_post: MakePost) -> Post:
    """A sender to phones without limits."""
    return make_post()
