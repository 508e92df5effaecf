"""What the page's server shows of the group, and what it takes and refuses there."""

from __future__ import annotations

import asyncio

import pytest

from adapters.playground.messages import Happening, Owner
from bot.people import SHARED, AccountKey
from bot.ports import Among, Doorway, Message
from tests.test_adapters.site import HERE, Site

POSTS = ["say", "press", "change"]


def _state(site: Site) -> dict[str, object]:
    found: dict[str, object] = site.ask("GET", "/api/state").json()
    return found


def _change(site: Site, who: str, what: str) -> int:
    return site.post("/api/group/change", {"who": who, "what": what, "zone": "Europe/Lisbon"}).status_code


def test_who_is_there_is_shown(site: Site) -> None:
    """From the first, and after every change."""
    assert _state(site)["group"] == {"people": ["ana", "ben"], "leeway": "out"}
    assert [_change(site, *change) for change in (("ben", "added"), ("eva", "joined"), ("ana", "muted"))] == [200] * 3
    assert _state(site)["group"] == {"people": ["ana", "ben", "eva"], "leeway": "silent"}


def test_what_is_said_in_the_group_is_shown_there(site: Site) -> None:
    """With who said it; the bot hears a command, from where the browser is."""
    _change(site, "ana", "added")
    for text in ("hello", "/curious"):
        assert site.post("/api/group/say", {"who": "ben", "text": text, "zone": "Europe/Lisbon"}).status_code == 200
    assert site.post("/api/group/press", {"who": "ana", "token": "t"}).status_code == 200
    messages = site.ask("GET", "/api/state").json()["messages"]
    assert [(told["chat"], told["author"], told["kind"], told["text"]) for told in messages] == [
        ("group", "ana", "note", "added"),
        ("group", "ben", "text", "hello"),
        ("group", "ben", "text", "/curious"),
    ]
    assert [(update.deed.what, update.deed.text) for update in site.phones.updates()] == [
        (Happening.ADDED, ""),
        (Happening.TYPED, "/curious"),
        (Happening.PRESSED, "t"),
    ]
    assert site.phones.updates()[1].deed.browser.zone == "Europe/Lisbon"


def test_an_aside_says_whom_it_is_for(site: Site) -> None:
    """So that the page shows it to nobody else."""
    site.playground.group.whisper(Owner.BEN, "Noted.")
    (told,) = site.ask("GET", "/api/state").json()["messages"]
    assert (told["chat"], told["kind"], told["reader"], told["text"]) == ("group", "aside", "ben", "Noted.")


def test_a_door_leads_to_the_own_phone(site: Site) -> None:
    """The page is told what to open; opening it says /start there, what it brings unseen."""
    _change(site, "ana", "added")
    among = Among(door=Doorway("start me", "g-1"))
    asyncio.run(site.playground.send(Message(AccountKey("playground", SHARED), -100, 1, "Start me here:", among=among)))
    told = site.ask("GET", "/api/state").json()["messages"][-1]
    assert told["door"] == {"label": "start me", "start": "g-1"}
    assert site.post("/api/open", {"phone": "ben", "code": told["door"]["start"]}).status_code == 200
    assert site.phones.updates()[-1].deed.text == "/start g-1"
    assert not site.phones.updates()[-1].deed.in_group
    assert site.ask("GET", "/api/state").json()["messages"][-1]["text"] == "/start"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"who": "ana"'])
@pytest.mark.parametrize("post", POSTS)
def test_what_is_not_json_is_answered_with_a_sentence(site: Site, post: str, body: bytes) -> None:
    """400, on every way in."""
    answer = site.ask("POST", f"/api/group/{post}", content=body, headers=HERE)
    assert (answer.status_code, answer.json()["error"][-1]) == (400, ".")


@pytest.mark.parametrize(
    ("post", "body", "status"),
    [
        ("group/say", {"who": "carl", "text": "x"}, 400),
        ("group/say", {"who": "bot", "text": "x"}, 400),
        ("group/say", {"who": ["ana"], "text": "x"}, 400),
        ("group/say", {"phone": "ana", "text": "x"}, 400),
        ("group/say", {"who": "ana", "text": " \n"}, 400),
        ("group/say", {"who": "eva", "text": "/curious"}, 409),
        ("group/press", {"who": "ana", "token": "x" * 257}, 400),
        ("group/press", {"who": "ana", "token": "t"}, 409),
        ("group/press", {"who": "eva", "token": "t"}, 409),
        ("group/change", {"who": "ana", "what": "typed"}, 400),
        ("group/change", {"who": "ana", "what": "supergroup"}, 400),
        ("group/change", {"who": "ana"}, 400),
        ("group/change", {"who": "ana", "what": "joined"}, 409),
        ("group/change", {"who": "ana", "what": "removed"}, 409),
        ("group/change", {"who": "eva", "what": "added"}, 409),
        ("group/change", {"who": "eva", "what": "left"}, 409),
        ("say", {"phone": "group", "text": "x"}, 400),
        ("say", {"phone": "eva", "text": "x"}, 400),
        ("press", {"phone": "eva", "token": "t"}, 400),
        ("open", {"phone": "eva", "code": "g-1"}, 400),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(site: Site, post: str, body: object, status: int) -> None:
    """A chat or somebody that there is not, who is not there, what is so already; nothing of it is kept."""
    answer = site.post(f"/api/{post}", body)
    assert (answer.status_code, answer.json()["error"][-1]) == (status, ".")
    assert (site.phones.since(0).messages, site.phones.updates()) == ((), [])


@pytest.mark.parametrize("headers", [{"Origin": "https://example.com"}, {"Sec-Fetch-Site": "cross-site"}, {}])
@pytest.mark.parametrize("post", POSTS)
def test_only_this_page_may_post(site: Site, post: str, headers: dict[str, str]) -> None:
    """403, and nothing is kept."""
    body = {"who": "ana", "text": "hello", "what": "added"}
    assert site.ask("POST", f"/api/group/{post}", json=body, headers=headers).status_code == 403
    assert (site.phones.since(0).messages, site.phones.updates()) == ((), [])


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(site: Site) -> None:
    """503, never a traceback."""
    site.phones.close()
    answer = site.post("/api/group/say", {"who": "ana", "text": "hello"})
    assert (answer.status_code, answer.json()["error"][-1]) == (503, ".")
