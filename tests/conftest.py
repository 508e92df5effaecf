"""The one flag of the tests: transcripts can be written anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --rewrite-transcripts`: what the bot says now becomes what it is expected to say."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="write the transcripts as they are played now")
