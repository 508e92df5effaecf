"""Logging: events with fields, ids and outcomes; never what people wrote."""

from __future__ import annotations

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

# A Telegram bot's token, as it stands in every address of its server; one of Discord's; and what an interaction of
# Discord's is answered with, which stands in an address, too.
_TOKEN = re.compile(
    r"\d{6,}:[A-Za-z0-9_-]{20,}"
    r"|[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}"
    r"|(?<=/)[A-Za-z0-9_-]{60,}"
)


class Redacted(logging.Formatter):
    """Writes lines, errors with their tracebacks too, without any token."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return redacted(super().format(record))


def redacted(line: str) -> str:
    """The line, with "…" where a token stood."""
    return _TOKEN.sub("…", line)


def _without_tokens(logger: WrappedLogger, name: str, event: EventDict) -> str:
    # A plain traceback: another one would show the values of variables, and what people wrote is among them.
    plain = structlog.dev.plain_traceback
    console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain)
    return redacted(console(logger, name, event))


def configure(level: str) -> None:
    """Sends events to standard error, from that level on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted("%(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_tokens,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
