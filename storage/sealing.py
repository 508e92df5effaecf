"""What was typed is taken out of a row's JSON and sealed, in one piece for each author.

- words, at any depth: `{"words": [...], "by": id}` stays as `{"words": [], "by": id}`;
- an invitation's code: `{"invite": code}`, under who the row belongs to, stays as `{"invite": ""}`;
- an answer's or a record's value, whole, stays as words without parts.

So what stays is what the row is once all its authors are gone. A piece is a list of places in that JSON with what
belongs there; it is bound to its row and opens in no other.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from bot.engine.ids import PersonId
from bot.engine.session import Json
from bot.errors import StoreError
from storage.vault import KeyGoneError, Vault, dumps

Dict = dict[str, Any]
Path = tuple[str | int, ...]
Piece = list[Any]  # of [path, what belongs there]

_LEAVES = frozenset({str, int, bool, type(None)})
_WORDS, _INVITE = frozenset({"words", "by"}), frozenset({"invite"})


class Sealer:
    """Seals and opens what was typed in one row: `place` is its table and id."""

    def __init__(self, vault: Vault, place: str) -> None:
        """Binds all that it seals to `place`."""
        self._vault = vault
        self._place = place

    def seal(self, value: Dict, holder: PersonId, entries: Collection[str] = ()) -> str:
        """The row's text. `holder`: who it belongs to; of its `entries`, every value is sealed whole."""
        typed = _Typed(holder)
        plain: Any = typed.words({key: item for key, item in value.items() if key not in entries}, ())
        plain |= {key: typed.values(value[key], (key,)) for key in entries if key in value}
        pieces = {by: self._vault.seal(PersonId(by), self._place, piece) for by, piece in typed.pieces.items()}
        return dumps({"plain": plain, "sealed": pieces})

    def open(self, text: str) -> Dict:
        """What was sealed; of those whose key is gone, what stayed. Raises `StoreError` for what is not this row's."""
        row = json.loads(text)
        plain: Dict = row["plain"]
        pieces = {int(by): self._piece(int(by), sealed) for by, sealed in row["sealed"].items()}
        found = ((by, path, value) for by, piece in pieces.items() for path, value in piece or ())
        for by, path, value in sorted(found, key=_depth):  # one's words may stand in another's value
            if not _put_back(plain, path, by, value) and None not in pieces.values():
                raise StoreError(f"what is kept at {self._place} does not fit together")
        return plain

    def _piece(self, author: int, sealed: str) -> Any:
        try:
            return self._vault.open(PersonId(author), self._place, sealed)
        except KeyGoneError:
            return None


def without(text: str, author: PersonId) -> str:
    """A row's text in which that author has written nothing."""
    row = json.loads(text)
    row["sealed"].pop(str(author), None)
    return dumps(row)


class _Typed:
    """What was typed in one row, by author, with the place where it was."""

    def __init__(self, holder: PersonId) -> None:
        self.pieces: dict[int, Piece] = {}
        self._holder = holder

    def words(self, value: Json, path: Path, within: int | None = None) -> Json:
        """The same JSON without its words; those of `within` stay, as they are sealed with what is around."""
        if isinstance(value, list):
            return [i if type(i) in _LEAVES else self.words(i, (*path, n), within) for n, i in enumerate(value)]
        if not isinstance(value, dict):
            return value
        by = _author(value)
        if by is not None:
            return value if by == within else {"words": self._take(by, (*path, "words"), value["words"], []), "by": by}
        if value.keys() == _INVITE and isinstance(value["invite"], str):
            return {"invite": self._take(self._holder, (*path, "invite"), value["invite"], "")}
        return {k: i if type(i) in _LEAVES else self.words(i, (*path, k), within) for k, i in value.items()}

    def values(self, value: Json, path: Path) -> Json:
        """The same JSON; of each `{"value": …, "by": id, …}` in it the value is taken out whole."""
        if isinstance(value, list):
            return [self.values(item, (*path, n)) for n, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        by = value.get("by")
        if "value" not in value or not isinstance(by, int):
            return {key: self.values(item, (*path, key)) for key, item in value.items()}
        whole, place = value["value"], (*path, "value")
        gone: Json = {"words": [], "by": by}
        if whole != gone:
            whole = self._take(by, place, self.words(whole, place, by), gone)
        rest: Any = self.words({key: item for key, item in value.items() if key != "value"}, path)
        return {"value": whole, **rest}

    def _take(self, author: int, path: Path, value: Json, left: Json) -> Json:
        self.pieces.setdefault(author, []).append((path, value))
        return left


def _author(value: Dict) -> int | None:
    """Who wrote these words; None for what is no words, or has none."""
    if value.keys() != _WORDS or not isinstance(value["words"], list) or not value["words"]:
        return None
    return value["by"] if isinstance(value["by"], int) else None


def _depth(found: tuple[int, Path, Json]) -> int:
    return len(found[1])


def _put_back(plain: Any, path: Path, author: int, value: Json) -> bool:
    """Whether the place is there, and is that author's."""
    *way, last = path
    try:
        for step in way:
            plain = plain[step]
        if plain.get("by", author) != author or last not in plain:
            return False
    except (AttributeError, LookupError, TypeError):
        return False
    plain[last] = value
    return True
