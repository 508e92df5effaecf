"""Whether a store, its keys, the disk, the zones and the content are well. Nothing is changed, and nobody disturbed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from bot.errors import ConfigurationError
from bot.settings import Settings
from bot.wiring.copies import Files, opened
from bot.wiring.findings import Finding
from bot.wiring.rooms import DATABASE, KEY_DATABASE, KEY_FILE
from bot.words.check import check as check_content
from storage import tables
from storage.looking import glance

LEAST: Final = 200 * 2**20  # bytes that should be free
TIMES: Final = 3  # so many times what the store takes should be free: a migration and a copy write it anew
EVERYWHERE: Final = ("Europe/Lisbon", "America/New_York", "Asia/Kolkata", "Pacific/Auckland")

BRING_BACK = "bring the file back, or a copy: python -m bot restore DIR --keys DIR"


def store(folder: Path, setting: str) -> Iterator[Finding]:
    """A store's schema, keys and zones."""
    files = Files(folder / DATABASE, folder / KEY_DATABASE, None if setting else folder / KEY_FILE)
    what = f"store in {folder}"
    missing = [path.name for path in files.all if not path.exists()]
    if not files.store.exists() and not files.keys.exists():
        yield Finding(what, "there is none yet; the first start makes it")
        return
    if missing:
        yield Finding(what, f"{', '.join(missing)} is missing", BRING_BACK)
        return
    try:
        found = glance(files.store, files.keys, files.ring(setting))
    except ConfigurationError as error:
        yield Finding(what, " ".join(error.mistakes), "mend what is named; " + BRING_BACK)
        return
    older = f", which the next start brings to {found.newest}: make a copy before" if found.is_older else ""
    yield Finding(what, f"schema {found.revision}{older}")
    yield Finding(f"keys in {folder}", opened(found.sample))
    if unknown := [zone for zone in found.zones if not _is_zone(zone)]:
        remedy = "update the system's package tzdata, or Leeway's: make setup"
        yield Finding(f"zones in {folder}", f"nothing is known of {', '.join(unknown)}", remedy)


def server(address: str, keys: Path) -> Finding:
    """PostgreSQL's schema, and whether the file of its keys is there. What is sealed is not opened here."""
    from storage.postgres import look_at  # its driver is loaded where it is needed

    try:
        found = look_at(address, tables.metadata)
    except ConfigurationError as error:
        return Finding("PostgreSQL", " ".join(error.mistakes), "mend what is named; docs/postgresql.md")
    if found is None:
        return Finding("PostgreSQL", "nothing is in it yet; the first start makes the tables")
    if not keys.exists():
        remedy = f"bring {keys.name} back, from a copy: without it nothing opens that anybody wrote"
        return Finding("PostgreSQL", f"schema {found}, and {keys} is missing", remedy)
    older = "" if found == tables.REVISION else f", which the next start brings to {tables.REVISION}: pg_dump before"
    return Finding("PostgreSQL", f"schema {found}{older}")


def zones(settings: Settings) -> Finding:
    """The zone data that is used: the system's, else that of the package tzdata."""
    unknown = [zone for zone in (settings.time_zone, *EVERYWHERE) if not _is_zone(zone)]
    if unknown:
        remedy = "install the system's package tzdata, or Leeway's: make setup"
        return Finding("zone data", f"{', '.join(unknown)} cannot be found", remedy)
    return Finding("zone data", _version())


def disk(folder: Path, taken: int, free: int) -> Finding:
    """Whether there is room for what comes; `taken` by the store, and `free`, in bytes."""
    told = f"{free / 2**20:,.0f} MiB are free at {folder}"
    if free >= max(LEAST, TIMES * taken):
        return Finding("disk", told)
    return Finding("disk", told, "make room, or move DATA_DIR: without room nothing is kept, and nobody is answered")


def room(settings: Settings) -> Finding:
    """The disk that DATA_DIR is on."""
    folder = settings.data_dir.absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    taken = sum(path.stat().st_size for path in folder.glob("*.db*") if path.is_file())
    return disk(there, taken, shutil.disk_usage(there).free)


def content(settings: Settings) -> Finding:
    """What Leeway says, and the decks of whoever runs it."""
    mistakes: Sequence[str] = check_content(own=settings.content_dir)
    where = "" if settings.content_dir is None else f", with {settings.content_dir}"
    if mistakes:
        return Finding("content", f"{len(mistakes)} mistakes{where}", "python -m bot check names each")
    return Finding("content", f"sound{where}")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _version() -> str:
    """The system's goes first, as in zoneinfo; where its version stands, by what it was packed for."""
    folder = next((Path(path) for path in TZPATH if (Path(path) / EVERYWHERE[0]).exists()), None)
    if folder is None:
        return f"{_packaged()}, of the package tzdata"
    version = (_first_line(folder / "tzdata.zi") or _first_line(folder / "+VERSION")).removeprefix("# version ")
    told = f"{version or 'of no version'}, in {folder}"
    if version and version < _packaged():
        return f"{told}; Leeway's own is {_packaged()}: bring the system's up to it, or set PYTHONTZPATH to nothing"
    return told


def _packaged() -> str:
    """The version of the package tzdata as IANA names it: 2026.6 is 2026f."""
    year, number, *_ = metadata.version("tzdata").split(".")
    return f"{year}{chr(ord('a') + int(number) - 1)}"


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().strip()
    except OSError:
        return ""
