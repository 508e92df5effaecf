"""Where typed words stand in JSON, and what is put in their place, each under its author's key.

- words, at any depth: `{"words": [...], "by": id}` becomes `{"sealed": base64, "by": id}`;
- an invitation's code: `{"invite": code}` becomes `{"code": base64, "by": id}`, under who the row belongs to;
- an answer's or a record's value, whole: becomes `{"whole": base64, "by": id}`.

What a person wrote whose key is gone opens as words without parts: `{"words": [], "by": id}`.
"""

from __future__ import annotations

from typing import Any

from bot.engine.ids import PersonId
from bot.engine.session import Json
from storage.vault import KeyGoneError, Vault


class Sealer:
    """Seals and opens what was typed in one row: `place` is its table and id, `holder` who it belongs to."""

    def __init__(self, vault: Vault, place: str, holder: PersonId) -> None:
        """Binds all that it seals to `place`."""
        self._vault = vault
        self._place = place
        self._holder = holder

    def seal_words(self, value: Json, path: str = "", within: int | None = None) -> Json:
        """The same JSON with its words sealed; those of `within` stay, as they are sealed with what is around."""
        match value:
            case list():
                return [self.seal_words(item, f"{path}/{n}", within) for n, item in enumerate(value)]
            case {"words": [_, *_] as words, "by": int(by), **rest} if not rest and by != within:
                return {"sealed": self._seal(by, words, path), "by": by}
            case {"invite": str(code), **rest} if not rest:
                return {"code": self._seal(self._holder, code, path), "by": self._holder}
            case dict():
                return {key: self.seal_words(item, f"{path}/{key}", within) for key, item in value.items()}
            case _:
                return value

    def open_words(self, value: Json, path: str = "") -> Json:
        """The JSON as it was before `seal_words`."""
        match value:
            case list():
                return [self.open_words(item, f"{path}/{n}") for n, item in enumerate(value)]
            case {"sealed": str(sealed), "by": int(by), **rest} if not rest:
                return {"words": self._open(by, sealed, path, []), "by": by}
            case {"code": str(sealed), "by": int(by), **rest} if not rest:
                return {"invite": self._open(by, sealed, path, "")}
            case dict():
                return {key: self.open_words(item, f"{path}/{key}") for key, item in value.items()}
            case _:
                return value

    def seal_whole(self, author: int, value: Json, path: str = "") -> Json:
        """A whole value under one author; in it, the words of others stay sealed under theirs."""
        if value == {"words": [], "by": author}:
            return value
        return {"whole": self._seal(author, self.seal_words(value, path, author), path), "by": author}

    def open_whole(self, value: Json, path: str = "") -> Json:
        """The value as it was before `seal_whole`."""
        match value:
            case {"whole": str(sealed), "by": int(by)}:
                removed: Json = {"words": [], "by": by}
                return self.open_words(self._open(by, sealed, path, removed), path)
            case _:
                return value

    def seal_entries(self, value: Json, path: str = "") -> Json:
        """The same JSON, with each `{"value": …, "by": id, …}` in it sealed, its value whole."""
        if isinstance(value, list):
            return [self.seal_entries(item, f"{path}/{n}") for n, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        by = value.get("by")
        if "value" not in value or not isinstance(by, int):
            return {key: self.seal_entries(item, f"{path}/{key}") for key, item in value.items()}
        rest = self.seal_words({key: item for key, item in value.items() if key not in ("value", "by")}, path)
        return {"value": self.seal_whole(by, value["value"], path), "by": by, "rest": rest}

    def open_entries(self, value: Json, path: str = "") -> Json:
        """The JSON as it was before `seal_entries`."""
        match value:
            case list():
                return [self.open_entries(item, f"{path}/{n}") for n, item in enumerate(value)]
            case {"value": inner, "by": int(by), "rest": rest}:
                others: Any = self.open_words(rest, path)
                return {"value": self.open_whole(inner, path), "by": by, **others}
            case dict():
                return {key: self.open_entries(item, f"{path}/{key}") for key, item in value.items()}
            case _:
                return value

    def _seal(self, author: int, value: Json, path: str) -> str:
        return self._vault.seal(PersonId(author), self._place + path, value)

    def _open(self, author: int, sealed: str, path: str, otherwise: Json) -> Json:
        try:
            return self._vault.open(PersonId(author), self._place + path, sealed)
        except KeyGoneError:
            return otherwise
