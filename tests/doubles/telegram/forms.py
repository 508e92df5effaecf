"""What a request carries: a form in the address, in the body, or in parts with files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

Params = dict[str, Any]


@dataclass(frozen=True)
class File:
    """A file that was sent along."""

    name: str
    content: bytes = field(repr=False)


class WrongFormError(Exception):
    """The body is not what its Content-Type says."""


def read(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, File]]:
    """The fields and the files of a request. Raises `WrongFormError`."""
    if not body:
        return {}, {}
    kind = content_type.partition(";")[0].strip()
    if kind == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, strict_parsing=True)), {}
    if kind == "multipart/form-data":
        return _parts(content_type, body)
    raise WrongFormError(f"a body of type {content_type!r}")


def _parts(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, File]]:
    whole = message_from_bytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body, policy=HTTP)
    fields, files = dict[str, str](), dict[str, File]()
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise WrongFormError("a part within a part")
        if (filename := part.get_filename()) is not None:
            files[name] = File(filename, content)
        else:
            fields[name] = content.decode()
    return fields, files


def as_json(fields: Mapping[str, str], name: str) -> Any:
    """A field that holds JSON; None where it is not there. Raises `WrongFormError`."""
    if name not in fields:
        return None
    try:
        return json.loads(fields[name])
    except ValueError as error:
        raise WrongFormError(f"{name} is no JSON") from error
