"""A folder with a store, and the commands that copy it and bring it back."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from click.testing import CliRunner, Result

from bot.__main__ import main
from storage.keyring import key_ring
from storage.store import SqlStore, open_store
from tests.test_storage.parts import ANA, BEN


class Copies:
    """A folder with a store in use, and the commands."""

    def __init__(self, root: Path) -> None:
        self.data, self.folder, self.keys = root / "data", root / "copy", root / "keys"
        self.settings = {"DATA_DIR": str(self.data)}

    def open(self) -> SqlStore:
        """The store that lies there."""
        ring = key_ring(self.settings.get("VAULT_KEYS", ""), self.data / "vault.key")
        return open_store(self.data / "leeway.db", self.data / "keys.db", ring)

    def run(self, command: str, **settings: str) -> Result:
        """`python -m bot COMMAND DIR --keys DIR`."""
        words = [command, str(self.folder), "--keys", str(self.keys)]
        done = CliRunner().invoke(main, words, env={**self.settings, **settings})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def backs_up(self) -> None:
        """Without a complaint."""
        done = self.run("backup")
        assert done.exit_code == 0, done.output

    def moves(self, to: str) -> None:
        """DATA_DIR is another folder from now on."""
        self.data = self.data.with_name(to)
        self.settings["DATA_DIR"] = str(self.data)

    def names(self) -> list[str]:
        """Of Ana and Ben, as they are opened."""
        with closing(self.open()) as store, store.turn() as unit:
            return [unit.person(person.id).name for person in (ANA, BEN)]


def files(folder: Path) -> dict[str, int]:
    """What lies in a folder, and who may read it; locks are no one's."""
    there = [path for path in folder.iterdir() if path.suffix != ".lock"] if folder.exists() else []
    return {path.name: path.stat().st_mode & 0o777 for path in there}
