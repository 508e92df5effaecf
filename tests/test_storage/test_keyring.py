"""The key ring: from the setting, or from a file that is made once."""

import base64
import stat
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from storage.keyring import KeyRing, key_ring

ONE, TWO = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))


def mistakes(setting: str) -> tuple[str, ...]:
    """What is wrong with that setting."""
    with pytest.raises(ConfigurationError) as raised:
        KeyRing.parse(setting)
    return raised.value.mistakes


def test_the_first_key_is_the_current_one() -> None:
    """The others are found by their id."""
    ring = KeyRing.parse(f"new:{ONE}, old_1:{TWO}\n")
    assert (ring.current.id, ring.current.secret) == ("new", b"\1" * 32)
    old = ring.find("old_1")
    assert old is not None
    assert old.secret == b"\2" * 32
    assert ring.find("never") is None


@pytest.mark.parametrize(
    ("setting", "mistake"),
    [
        ("", "key 1 must be written as id:base64"),
        (ONE, "key 1 must be written as id:base64"),
        (f"a:{ONE},", "key 2 must be written as id:base64"),
        (f"ä:{ONE}", "key 1 must be written as id:base64"),
        ("a:", "has 0 bytes and must have 32"),
        ("a:AAAA", "has 3 bytes and must have 32"),
        (f"a:{ONE}A", "is not base64"),
        (f"a:!{ONE[1:]}", "is not base64"),
        ("a:ä", "is not base64"),
        (f"a:{ONE},a:{TWO}", "two keys have the same id"),
    ],
)
def test_a_key_of_the_wrong_form_is_one_sentence(setting: str, mistake: str) -> None:
    """With the name of the setting, and never the key."""
    (sentence,) = mistakes(setting)
    assert mistake in sentence
    assert sentence.startswith("VAULT_KEYS: ")
    assert sentence.endswith(".")
    assert ONE[1:20] not in sentence


def test_all_mistakes_are_told_at_once() -> None:
    """One sentence for each key."""
    assert len(mistakes("a:AAAA,b:!,c")) == 3


def test_a_ring_does_not_show_its_keys() -> None:
    """Neither in a log nor in a traceback."""
    shown = repr(KeyRing.parse(f"a:{ONE}"))
    assert "secret" not in shown
    assert "\\x01" not in shown


def test_without_a_setting_a_file_is_made(tmp_path: Path) -> None:
    """Once, for its owner alone, with nothing beside it; then it is read."""
    path = tmp_path / "secrets" / "vault.key"
    ring = key_ring(" ", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert key_ring("", path) == ring
    assert key_ring("", tmp_path / "other.key") != ring


def test_the_setting_goes_before_the_file(tmp_path: Path) -> None:
    """Then no file is made."""
    path = tmp_path / "vault.key"
    assert key_ring(f"a:{ONE}", path) == KeyRing.parse(f"a:{ONE}")
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"a:AAAA"])
def test_a_file_without_keys_is_refused(tmp_path: Path, content: bytes) -> None:
    """Named in one sentence, and left as it is."""
    path = tmp_path / "vault.key"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=r"vault\.key"):
        key_ring("", path)
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A folder that is a file."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="cannot be used"):
        key_ring("", tmp_path / "file" / "vault.key")
