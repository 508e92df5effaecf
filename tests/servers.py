"""A real PostgreSQL for the tests: the one that is named, or one of the session's own, in a folder that is thrown away.

With several workers there is one server, and a database for each. It ends by itself when the last of them has.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from filelock import FileLock
from sqlalchemy import URL, make_url

NAMED = "TEST_POSTGRES_URL"  # a server of one's own: databases are made in it and dropped
REQUIRED = "TEST_POSTGRES_REQUIRED"  # where this is set, it is a failure that there is none
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there
OWNER = "postgres"  # no server runs as root
ROOM = 1 << 30  # bytes
SECONDS = 30.0  # until it answers
QUICK = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "32MB"}
# Its standard input is a pipe that every worker holds: it ends when none does any more, however they ended.
UNTIL_NOBODY_WANTS_IT = '"$@" & cat >/dev/null; kill -INT $!; wait; rm -rf "$0"'
END_ALL_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class NoServerError(Exception):
    """There is no PostgreSQL here, and why."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server, and its mightiest user."""

    url: URL

    def address(self, database: str, **more: Any) -> str:
        """The address of one of its databases, as `DATABASE_URL` has it."""
        return self.url.set(database=database, **more).render_as_string(hide_password=False)

    def connect(self, database: str) -> psycopg.Connection[Any]:
        """A connection of the tests' own, on which everything is done at once."""
        user, password = self.url.username, self.url.password
        return psycopg.connect(
            host=self.url.host, port=self.url.port, user=user, password=password, dbname=database, autocommit=True
        )

    @contextmanager
    def database(self) -> Iterator[str]:
        """A new one, by name, with nothing in it; dropped in the end."""
        name = f"leeway_{secrets.token_hex(6)}"
        with self.connect(self.url.database or OWNER) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            try:
                yield name
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def server(shared: Path) -> Iterator[Server]:
    """The server of this session; `shared` is a folder that all its workers have. Raises `NoServerError`."""
    if named := os.environ.get(NAMED):
        yield Server(make_url(named))
        return
    programs = _programs()
    address, pipe = shared / "postgres.url", shared / "postgres.pipe"
    with FileLock(shared / "postgres.lock"):
        held = _held(pipe)
        if held is None:
            held, url = _started(programs, pipe)
            address.write_text(url.render_as_string(hide_password=False))
    try:
        yield Server(make_url(address.read_text()))
    finally:
        os.close(held)


def _programs() -> Path:
    """Where `initdb` is, of the newest version."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    if debian:
        return debian[-1]
    if found := shutil.which("initdb"):
        return Path(found).parent
    raise NoServerError(f"no PostgreSQL: install the package postgresql, or name a server in {NAMED}")


def _held(pipe: Path) -> int | None:
    """The end of the pipe that keeps the server running; None where none runs."""
    try:
        return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def _started(programs: Path, pipe: Path) -> tuple[int, URL]:
    pipe.unlink(missing_ok=True)
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    held = os.open(pipe, os.O_WRONLY)
    os.set_blocking(reader, True)
    folder = Path(tempfile.mkdtemp(prefix="leeway-postgres-", dir=MEMORY if _has_room(MEMORY) else None))
    url = URL.create("postgresql+psycopg", OWNER, secrets.token_hex(8), "127.0.0.1", _free_port(), OWNER)
    secret = folder / "password"
    secret.write_text(str(url.password))
    whose: dict[str, Any] = {"cwd": "/"}
    if os.geteuid() == 0:
        whose |= {"user": OWNER, "group": OWNER, "extra_groups": []}
        for path in (folder, secret):
            shutil.chown(path, OWNER, OWNER)
    data = folder / "data"
    how = ["--no-sync", "--auth=scram-sha-256", f"--pwfile={secret}", f"--username={OWNER}", "--encoding=UTF8"]
    subprocess.run(
        [programs / "initdb", "-D", data, *how, "--no-locale"], check=True, stdout=subprocess.DEVNULL, **whose
    )
    settings = {**QUICK, "listen_addresses": "127.0.0.1", "port": str(url.port), "unix_socket_directories": ""}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    postgres = [str(programs / "postgres"), "-D", str(data), *flags]
    command = ["sh", "-c", UNTIL_NOBODY_WANTS_IT, str(folder), *postgres]
    with (folder / "log").open("wb") as log:
        running: subprocess.Popen[bytes] = subprocess.Popen(
            command, stdin=reader, stdout=log, stderr=log, start_new_session=True, **whose
        )
    os.close(reader)
    _wait(Server(url), running)
    return held, url


def _has_room(memory: Path) -> bool:
    """In a container it is often small."""
    return os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _wait(started: Server, running: subprocess.Popen[bytes]) -> None:
    """Until it answers."""
    end = time.monotonic() + SECONDS
    while True:
        try:
            started.connect(OWNER).close()
            break
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
    running.returncode = 0  # it is nobody's child any more: nobody waits for it


@contextmanager
def outside(address: str) -> Iterator[psycopg.Connection[Any]]:
    """Somebody else at the same database."""
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def lose(address: str) -> None:
    """The server ends everybody else's connection, as when it is started anew."""
    with outside(address) as other:
        for _ in range(500):
            if not other.execute(END_ALL_OTHERS).fetchall():
                return
            time.sleep(0.01)
    raise AssertionError("somebody is still there")
