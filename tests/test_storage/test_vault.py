"""What is typed is sealed under its author's key, and opens only where it was put."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.engine.ids import PersonId
from bot.engine.session import Json
from bot.errors import ConfigurationError, StoreError
from storage import keytables
from storage.database import Database
from storage.keyring import KeyRing
from storage.sealing import Sealer
from storage.vault import KeyGoneError, Vault
from tests.test_storage.parts import ring

ANA, BEN, CLEO = PersonId(1), PersonId(2), PersonId(3)


def open_vault(path: Path, keys: KeyRing, is_used: bool = False) -> Vault:
    """The vault whose keys lie in that file."""
    database = Database(path, keytables.metadata, keytables.REVISION)
    try:
        return Vault(database, keys, is_used)
    except ConfigurationError:
        database.close()
        raise


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the keys lie."""
    return tmp_path / "keys.db"


@pytest.fixture
def vault(path: Path) -> Iterator[Vault]:
    """An empty vault."""
    with closing(open_vault(path, ring("a"))) as opened:
        yield opened


VALUES: list[Json] = ["", "x", "\0\ud800‮<b>", 7, True, None, ["a", {"b": [None]}], "long " * 20_000]


@pytest.mark.parametrize("value", VALUES)
def test_what_is_sealed_opens(vault: Vault, value: Json) -> None:
    """As it was, whatever it was."""
    assert vault.open(ANA, "here", vault.seal(ANA, "here", value)) == value


def test_what_is_sealed_is_not_seen(vault: Vault) -> None:
    """And the same words never look the same."""
    sealed = vault.seal(ANA, "here", "lighthouse")
    assert sealed.isascii()
    assert "lighthouse" not in sealed
    assert sealed != vault.seal(ANA, "here", "lighthouse")


def test_it_does_not_open_elsewhere(vault: Vault) -> None:
    """Not in another row, not under another person, not when a bit has changed."""
    sealed = vault.seal(ANA, "here", "x")
    vault.seal(BEN, "here", "y")
    with pytest.raises(StoreError, match="does not open"):
        vault.open(ANA, "there", sealed)
    with pytest.raises(StoreError, match="does not open"):
        vault.open(BEN, "here", sealed)
    with pytest.raises(StoreError, match="does not open"):
        vault.open(ANA, "here", ("A" if sealed[20] != "A" else "B").join((sealed[:20], sealed[21:])))


def test_it_opens_after_a_restart(path: Path) -> None:
    """With the same ring, and with one to which a newer key was added."""
    with closing(open_vault(path, ring("a"))) as vault:
        sealed = vault.seal(ANA, "here", "x")
    for keys in (ring("a"), ring("b", "a"), ring("a", "b")):
        with closing(open_vault(path, keys)) as vault:
            assert vault.open(ANA, "here", sealed) == "x"


def test_a_new_key_wraps_who_is_new(path: Path) -> None:
    """So that an old key can go once nobody's key is wrapped with it."""
    with closing(open_vault(path, ring("a"))):
        pass
    with closing(open_vault(path, ring("b", "a"))) as vault:
        sealed = vault.seal(ANA, "here", "x")
    with closing(open_vault(path, ring("b"))) as vault:
        assert vault.open(ANA, "here", sealed) == "x"


def test_a_key_that_is_still_needed_is_missed(path: Path) -> None:
    """At the start, by its id."""
    with closing(open_vault(path, ring("a"))) as vault:
        vault.seal(ANA, "here", "x")
    with pytest.raises(ConfigurationError, match="'a' is missing"):
        open_vault(path, ring("b"))


def test_a_wrong_key_shows_at_the_start(path: Path) -> None:
    """Nothing is overwritten: the right one still opens everything."""
    right = ring("a")
    with closing(open_vault(path, right)) as vault:
        sealed = vault.seal(ANA, "here", "x")
    wrong = KeyRing.parse("a:" + "B" * 43 + "=")
    with pytest.raises(ConfigurationError, match="'a' is not the one"):
        open_vault(path, wrong)
    with closing(open_vault(path, right)) as vault:
        assert vault.open(ANA, "here", sealed) == "x"


def test_lost_keys_are_missed(path: Path) -> None:
    """A new key database beside a database that people wrote in is refused, each time."""
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="this key database is new"):
            open_vault(path, ring("a"), is_used=True)


def test_without_the_key_nothing_opens(vault: Vault) -> None:
    """What the other wrote is untouched."""
    anas, bens = vault.seal(ANA, "here", "x"), vault.seal(BEN, "here", "y")
    vault.destroy(ANA)
    with pytest.raises(KeyGoneError):
        vault.open(ANA, "here", anas)
    assert vault.open(BEN, "here", bens) == "y"


def test_a_destroyed_key_is_in_no_file(path: Path, tmp_path: Path) -> None:
    """Neither in the key database nor in the log beside it."""
    with closing(open_vault(path, ring("a"))) as vault:
        vault.seal(ANA, "here", "x")
        with vault._database.transaction() as connection:
            wrapped = connection.exec_driver_sql("SELECT wrapped FROM datakey").scalar_one()
        assert _files_with(wrapped, tmp_path) != []
        vault.destroy(ANA)
        assert _files_with(wrapped, tmp_path) == []


def _files_with(secret: bytes, folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if secret in file.read_bytes()]


# ---- words in JSON -----------------------------------------------------------------------------------------------


def words(by: int, *parts: str) -> Json:
    """Words in JSON."""
    return {"words": list(parts), "by": by}


STATES: list[Json] = [
    words(ANA, "secret", "\0\ud800"),
    {"deep": [[{"args": {"w": words(ANA, "secret"), "v": words(BEN, "secret")}}]]},
    {"invite": "secret"},
    {"words": 3, "by": 4},
    {"words": ["kept"], "by": ANA, "more": 1},
    {"words": [], "by": BEN},
    {"sealed": False, "by": None, "value": None},
]


@pytest.mark.parametrize("state", STATES)
def test_words_at_any_depth_are_sealed(vault: Vault, state: Json) -> None:
    """And come back as they were."""
    sealer = Sealer(vault, "row/1")
    sealed = sealer.seal({"state": state}, ANA)
    assert "secret" not in sealed
    assert sealer.open(sealed) == {"state": state}


ENTRIES: list[Json] = [
    {"a": {"value": "secret", "by": ANA, "at": 3, "sealed": {"q": words(BEN, "secret")}}},
    {"a": {"value": words(ANA, "secret"), "by": ANA}},
    {"a": {"value": [words(BEN, "secret"), words(ANA, "secret")], "by": ANA}},
    {"a": {"value": 7, "by": ANA}, "b": {"value": None, "by": None, "at": 1}},
    {"0": {"x.y": [{"value": {"secret": True}, "at": 1, "by": BEN}]}, "1": {}},
    {"a": {"value": words(ANA), "by": ANA}},
]


@pytest.mark.parametrize("entries", ENTRIES)
def test_values_are_sealed_whole(vault: Vault, entries: Json) -> None:
    """Also what was chosen, not typed."""
    sealer = Sealer(vault, "row/1")
    sealed = sealer.seal({"entries": entries}, ANA, ("entries",))
    assert "secret" not in sealed
    assert '"value":7' not in sealed
    assert sealer.open(sealed) == {"entries": entries}


def test_what_one_typed_is_one_piece(vault: Vault) -> None:
    """Sealing costs the same however much it is, and what is empty costs nothing."""
    row = {"a": [words(ANA, "x"), words(BEN, "y"), words(ANA, "z")], "b": {"value": 7, "by": ANA}, "c": words(CLEO)}
    assert json.loads(Sealer(vault, "row/1").seal(row, ANA, ("b",)))["sealed"].keys() == {"1", "2"}


def test_words_without_their_authors_key_have_no_parts(vault: Vault) -> None:
    """And stay so when they are kept again: no new key is made for somebody who is gone."""
    sealer = Sealer(vault, "row/1")
    answers = [
        {"value": [words(ANA, "x"), "z"], "by": BEN},
        {"value": words(BEN, "y"), "by": ANA},
        {"value": [words(BEN, "y"), {"invite": "code"}], "by": ANA},
    ]
    row = {"texts": [words(ANA, "x"), words(BEN, "y")], "answers": answers}
    sealed = sealer.seal(row, BEN, ("answers",))
    vault.destroy(ANA)
    opened = sealer.open(sealed)
    assert opened["texts"] == [words(ANA), words(BEN, "y")]
    of_ana = {"value": words(ANA), "by": ANA}
    assert opened["answers"] == [{"value": [words(ANA), "z"], "by": BEN}, of_ana, of_ana]
    assert sealer.open(sealer.seal(opened, BEN, ("answers",))) == opened
    with pytest.raises(KeyGoneError):
        vault.open(ANA, "row/1", "")


def test_words_that_were_moved_do_not_open(vault: Vault) -> None:
    """Neither to another row, nor to another place of the same row, nor under another name."""
    sealer, other = Sealer(vault, "row/1"), Sealer(vault, "row/2")
    sealed = sealer.seal({"a": words(ANA, "x"), "b": words(BEN, "y")}, ANA)
    row = json.loads(sealed)
    forged = [
        {**row, "sealed": {"1": row["sealed"]["2"], "2": row["sealed"]["1"]}},
        {**row, "plain": {"b": words(BEN)}},
        {**row, "plain": {"a": words(BEN), "b": words(BEN)}},
    ]
    for each in forged:
        with pytest.raises(StoreError):
            sealer.open(json.dumps(each))
    with pytest.raises(StoreError):
        other.open(sealed)
