"""Settings: their defaults, where they are read from, and every mistake told at once."""

import base64
from ipaddress import IPv4Address
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import Settings, read_settings

NAMES = ("DATA_DIR", "VAULT_KEYS", "TIME_ZONE", "HTTP_HOST", "HTTP_PORT", "LOG_LEVEL")
EVERYWHERE = str(IPv4Address(0))
EXAMPLE = Path(__file__).resolve().parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, and an environment that sets nothing."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def _mistakes() -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    return caught.value.mistakes


def test_without_any_setting_there_are_defaults() -> None:
    """Everything has a default that is safe: this machine alone."""
    settings = read_settings()
    assert (settings.http_host, settings.http_port, settings.time_zone) == ("127.0.0.1", 8080, "UTC")


def test_the_example_sets_the_defaults(bare: Path) -> None:
    """`.env.example`, copied as it is, changes nothing."""
    before = read_settings()
    (bare / ".env").write_text(EXAMPLE.read_text())
    assert read_settings() == before


def test_the_example_names_every_setting() -> None:
    """None is a secret of the code."""
    assert {line.split("=")[0] for line in EXAMPLE.read_text().splitlines() if "=" in line and line[0] != "#"} == {
        name.upper() for name in Settings.model_fields
    }


def test_the_environment_goes_before_the_file(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set for one run counts."""
    (bare / ".env").write_text("HTTP_PORT=9000\n")
    monkeypatch.setenv("HTTP_PORT", "9001")
    assert read_settings().http_port == 9001


def test_every_mistake_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four wrong settings are four lines, each with its name."""
    for name, wrong in {"HTTP_PORT": "0", "HTTP_HOST": EVERYWHERE, "TIME_ZONE": "Mars", "LOG_LEVEL": "loud"}.items():
        monkeypatch.setenv(name, wrong)
    assert sorted(mistake.split(":")[0] for mistake in _mistakes()) == [
        "HTTP_HOST", "HTTP_PORT", "LOG_LEVEL", "TIME_ZONE",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("HTTP_PORT", "0", "greater than or equal to 1"),
        ("HTTP_PORT", "65536", "less than or equal to 65535"),
        ("HTTP_PORT", "http", "valid integer"),
        ("HTTP_HOST", EVERYWHERE, "loopback"),
        ("HTTP_HOST", "192.168.1.2", "loopback"),
        ("HTTP_HOST", "example.org", "loopback"),
        ("TIME_ZONE", "Europe/Lisboa", "a zone like Europe/Lisbon"),
        ("TIME_ZONE", "../../etc/passwd", "a zone like Europe/Lisbon"),
        ("TIME_ZONE", "Europe", "a zone like Europe/Lisbon"),
        ("LOG_LEVEL", "DEBUG!", "'debug', 'info', 'warning' or 'error'"),
    ],
)
def test_a_mistake_says_what_it_should_be(monkeypatch: pytest.MonkeyPatch, name: str, wrong: str, said: str) -> None:
    """Each has its name and what would be right."""
    monkeypatch.setenv(name, wrong)
    (mistake,) = _mistakes()
    assert mistake.startswith(f"{name}: ")
    assert said in mistake


@pytest.mark.parametrize("address", ["postgresql+psycopg://u:p%40@h:5433/d?sslmode=require", "postgresql+psycopg:///d"])
def test_a_database_is_told_by_its_address(address: str) -> None:
    """With everything that PostgreSQL takes, or hardly anything."""
    assert read_settings(database_url=address).database_url.get_secret_value() == address


@pytest.mark.parametrize("address", ["postgres://u:quince@h/d", "postgresql+psycopg://u:quince#1@h/d", "leeway.db"])
def test_an_address_of_no_database_is_a_mistake(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """It is said what one looks like, and not what it was."""
    monkeypatch.setenv("DATABASE_URL", address)
    (mistake,) = _mistakes()
    assert mistake.startswith("DATABASE_URL: should look like postgresql+psycopg://user:password@host/database")
    assert "quince" not in mistake


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_has_several_names(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    """Whatever means this machine will do."""
    monkeypatch.setenv("HTTP_HOST", host)
    assert read_settings().http_host == host


def test_a_setting_that_does_not_exist_is_a_mistake(bare: Path) -> None:
    """A slip in a name is not passed over."""
    (bare / ".env").write_text("TIMEZONE=Europe/Lisbon\n")
    assert _mistakes() == ("TIMEZONE: there is no such setting; .env.example lists what there is",)


def test_a_file_that_is_no_text_is_a_mistake(bare: Path) -> None:
    """One sentence instead of a traceback."""
    (bare / ".env").write_bytes(b"\xff\xfe\x00")
    assert _mistakes() == (".env: should be a text file in UTF-8",)


def test_no_mistake_shows_a_secret(bare: Path) -> None:
    """A key under a name that is misspelt does not end up in a log."""
    (bare / ".env").write_text("VAULT_KEY=a:c2VjcmV0\nHTTP_PORT=c2VjcmV0\n")
    assert "c2VjcmV0" not in str(_mistakes())


def test_a_secret_is_not_shown() -> None:
    """Printed, the settings hide the keys."""
    key = base64.b64encode(b"k" * 32).decode()
    assert key not in repr(read_settings(vault_keys=f"a:{key}"))
    assert "quince" not in repr(read_settings(database_url="postgresql+psycopg://leeway:quince@h/d"))


def test_an_empty_setting_is_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it stands in the example file."""
    monkeypatch.setenv("DATA_DIR", "")
    monkeypatch.setenv("VAULT_KEYS", "")
    assert read_settings().data_dir == Path("data")
