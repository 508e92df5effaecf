"""Logging: events with fields, ids and outcomes; never what people wrote. As lines to read, or as JSON for machines."""

from __future__ import annotations

import json
import logging
import re
import sys
from typing import Any, Literal

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

Form = Literal["console", "json"]

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


def _as_json(logger: WrappedLogger, name: str, event: EventDict) -> str:
    """One object in one line. Tokens go before it is written: what is left of an escape would be no JSON."""
    return json.dumps(_plain(structlog.processors.format_exc_info(logger, name, event)))


def _plain(value: Any) -> Any:
    match value:
        case bool() | int() | float() | None:
            return value
        case dict():
            return {redacted(str(key)): _plain(each) for key, each in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(each) for each in value]
        case str():
            return redacted(value)
        case _:
            return redacted(repr(value))


def _formatter(form: Form, stamped: list[Processor]) -> logging.Formatter:
    """How what libraries say is written."""
    if form == "console":
        return Redacted("%(name)s: %(message)s")
    clean = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *stamped], processors=[clean, _as_json]
    )


def configure(level: str, form: Form = "console") -> None:
    """Sends events to standard error, from that level on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    stamped: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(form, stamped))
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            *stamped,
            _without_tokens if form == "console" else _as_json,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
