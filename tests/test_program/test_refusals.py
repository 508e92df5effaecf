"""What has to be mended first is told in sentences, with exit code 2, and nothing is overwritten or begun."""

from __future__ import annotations

import base64
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.programs import Program, free_port
from tests.test_program.conftest import Ended, Run, in_one_sentence, prints
from tests.test_program.hands import Hands

SECRET = base64.b64encode(b"k" * 32).decode()
OTHER = base64.b64encode(b"o" * 32).decode()


def _start(run: Run, folder: Path, **settings: str) -> Ended:
    return run(settings={"DATA_DIR": str(folder), "HTTP_PORT": str(free_port()), **settings})


def test_a_second_process_on_the_same_data(hands: Hands, tmp_path: Path, run: Run) -> None:
    """Is refused; the first goes on."""
    in_one_sentence(_start(run, tmp_path), "leeway.db", "another process")
    in_one_sentence(
        run("due", "--at", "2030-01-06T19:00+00:00", settings={"DATA_DIR": str(tmp_path)}), "another process"
    )
    hands.types("ana", "/start", lambda hands: hands.token("ana", ":yes") is not None)


def _taken_before_a_free_one() -> socket.socket:
    while True:
        taken = socket.socket()
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        try:
            with socket.socket() as after:
                after.bind(("127.0.0.1", int(taken.getsockname()[1]) + 1))
            return taken
        except OSError:
            taken.close()


def test_a_taken_port(program: Program) -> None:
    """The next free one is used, and said."""
    with _taken_before_a_free_one() as taken:
        port = int(taken.getsockname()[1])
        program.port = port + 1
        program.settings = {**program.settings, "HTTP_PORT": str(port)}
        program.start()
    assert f"http://127.0.0.1:{port + 1}/ (port {port} is taken)" in program.log


def test_a_database_server_that_is_not_there(tmp_path: Path, run: Run) -> None:
    """One sentence, and nothing is kept elsewhere instead."""
    address = f"postgresql+psycopg://leeway:quince@127.0.0.1:{free_port()}/leeway"
    ended = _start(run, tmp_path, DATABASE_URL=address, TELEGRAM_BOT_TOKEN=f"1:{'x' * 30}")
    in_one_sentence(ended, "DATABASE_URL", "no server answers", "start PostgreSQL")
    assert "quince" not in ended.said
    assert not (tmp_path / "leeway.db").exists()


SHORT = base64.b64encode(b"s" * 31).decode()


@pytest.mark.parametrize("keys", [f"new:{SECRET}", f"new:{SECRET},other:{OTHER}", f"new:{SECRET},short:{SHORT}"])
def test_keys_that_do_not_fit(data: Path, tmp_path: Path, run: Run, keys: str) -> None:
    """The vault's keys are elsewhere: nothing is overwritten, and with the right ones all is there again."""
    before = prints(data)
    in_one_sentence(_start(run, tmp_path, VAULT_KEYS=keys), "VAULT_KEYS")
    assert prints(data) == before


def test_a_lost_key_file(data: Path, tmp_path: Path, run: Run) -> None:
    """No new key is made up for what the old one has sealed."""
    (data / "vault.key").rename(data / "kept.elsewhere")
    before = prints(data)
    for _ in range(2):
        in_one_sentence(_start(run, tmp_path), "vault.key", "is missing", "bring it back")
    assert {name: print_ for name, print_ in prints(data).items() if name in before} == before


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'store_9999'")


def _newer_phones(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA user_version = 999")


def _halved(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all. " * 400)


def _first_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2048])


def _without_its_last_byte(path: Path) -> None:
    key_id, _, encoded = path.read_text().partition(":")
    path.write_text(f"{key_id}:{base64.b64encode(base64.b64decode(encoded)[:-1]).decode()}\n")


def _one_line(path: Path) -> None:
    path.write_text("a key perhaps\n")


@pytest.mark.parametrize("is_there", [True, False])
def test_an_empty_key_database(data: Path, tmp_path: Path, run: Run, is_there: bool) -> None:
    """Cut to nothing, or gone: at every start it is said that people wrote before, and what they wrote stays."""
    (data / "keys.db").unlink()
    if is_there:
        (data / "keys.db").touch()
    before = prints(data)["leeway.db"]
    for _ in range(2):
        in_one_sentence(_start(run, tmp_path), "keys.db", "new", "people wrote before")
    assert prints(data)["leeway.db"] == before


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("leeway.db", _newer),
        ("keys.db", _newer),
        ("phones.db", _newer_phones),
        ("leeway.db", _halved),
        ("keys.db", _halved),
        ("leeway.db", _garbage),
        ("keys.db", _garbage),
        ("phones.db", _garbage),
        ("keys.db", _first_page),
        ("vault.key", _one_line),
        ("vault.key", _without_its_last_byte),
    ],
)
def test_files_that_are_broken_or_newer(
    data: Path, tmp_path: Path, run: Run, name: str, spoil: Callable[[Path], None]
) -> None:
    """Named, and left as they are."""
    spoil(data / name)
    before = prints(data)
    in_one_sentence(_start(run, tmp_path), name)
    assert prints(data) == before


def test_all_mistakes_in_the_settings_at_once(tmp_path: Path, run: Run) -> None:
    """Each by its name, and no folder is made."""
    wrong = {"HTTP_PORT": "0", "HTTP_HOST": "0.0.0.0", "LOG_LEVEL": "loud", "TIME_ZONE": "Mars/Base"}  # noqa: S104 - a mistake
    ended = run(settings={"DATA_DIR": str(tmp_path / "new"), **wrong})
    assert ended.code == 2
    assert sorted(line.partition(":")[0] for line in ended.lines) == sorted(wrong)
    assert not (tmp_path / "new").exists()


def test_a_malformed_key_is_told_with_the_other_mistakes(tmp_path: Path, run: Run) -> None:
    """And no folder is made."""
    ended = run(settings={"DATA_DIR": str(tmp_path / "new"), "VAULT_KEYS": "short:abc", "LOG_LEVEL": "loud"})
    assert ended.code == 2
    assert {"VAULT_KEYS", "LOG_LEVEL"} <= {line.partition(":")[0] for line in ended.lines}
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path, run: Run) -> None:
    """DATA_DIR is a file."""
    (tmp_path / "file").touch()
    in_one_sentence(_start(run, tmp_path / "file"), "DATA_DIR")
