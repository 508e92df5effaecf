"""The same town as the router's; Ben is the one who pries."""

from tests.test_bot.test_router.conftest import ana, ben, eve, town

__all__ = ["ana", "ben", "eve", "town"]
