"""What the page's server shows, takes and refuses."""

import json
import logging
from pathlib import Path

import pytest

from adapters.playground.messages import Draft, Happening, Owner
from adapters.playground.posts import LIMIT, is_zone
from bot.ports import Attachment
from tests.test_adapters.site import HERE, Site

PAGE = Path(__file__).resolve().parents[2] / "adapters/playground/page"
POSTS = ["say", "press", "edit", "unreadable", "open", "clock", "reset"]


def _say(text: str) -> dict[str, str]:
    return {"phone": "ana", "text": text, "zone": "Europe/Lisbon"}


def test_what_is_said_is_shown_and_waits_for_the_bot(site: Site) -> None:
    """With the browser's zone and the clock's time."""
    assert site.post("/api/say", _say("hello \0 \u202eעברית <b>")).status_code == 200
    state = site.ask("GET", "/api/state").json()
    assert [(told["chat"], told["author"], told["text"]) for told in state["messages"]] == [
        ("ana", "ana", "hello \0 \u202eעברית <b>")
    ]
    (update,) = site.phones.updates()
    assert (update.deed.browser.zone, update.deed.at) == ("Europe/Lisbon", site.desk.time)


def test_a_hundred_thousand_characters_are_kept(site: Site) -> None:
    """As they were written."""
    assert site.post("/api/say", _say("x" * 100_000)).status_code == 200
    assert site.ask("GET", "/api/state").json()["messages"][0]["text"] == "x" * 100_000


@pytest.mark.parametrize(("size", "status"), [(LIMIT - 1, 200), (LIMIT, 200), (LIMIT + 1, 413)])
def test_a_request_has_a_largest_size(site: Site, size: int, status: int) -> None:
    """Above it: one sentence, and nothing is kept."""
    frame = len(json.dumps(_say("")))
    body = json.dumps(_say("x" * (size - frame)))
    answer = site.ask("POST", "/api/say", content=body, headers=HERE)
    assert answer.status_code == status
    assert len(site.phones.updates()) == (status == 200)
    assert status == 200 or answer.json()["error"].endswith("in one message.")


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"phone": "ana"', b"1" * 10_000],
)
@pytest.mark.parametrize("post", POSTS)
def test_what_is_not_json_is_answered_with_a_sentence(site: Site, post: str, body: bytes) -> None:
    """400, on every way in."""
    answer = site.ask("POST", f"/api/{post}", content=body, headers=HERE)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("say", {"phone": "carl", "text": "x"}),
        ("say", {"phone": ["ana"], "text": "x"}),
        ("say", {"phone": "ana"}),
        ("say", {"phone": "ana", "text": 7}),
        ("say", {"phone": "ana", "text": " \n"}),
        ("say", {"phone": "ana", "text": "half \ud800"}),
        ("press", {"phone": "ana", "token": "x" * 257}),
        ("press", {"phone": "ana", "token": ""}),
        ("open", {"phone": "ben", "code": None}),
        ("edit", {"phone": "ana", "message": 0, "text": "x"}),
        ("edit", {"phone": "ana", "message": True, "text": "x"}),
        ("edit", {"phone": "ana", "message": 2**63, "text": "x"}),
        ("unreadable", {"phone": "ana", "kind": "text"}),
        ("clock", {"by": "year"}),
        ("clock", {"by": -3600}),
    ],
)
def test_a_wrong_field_is_answered_with_a_sentence(site: Site, post: str, body: object) -> None:
    """400, and nothing is kept."""
    answer = site.post(f"/api/{post}", body)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert site.phones.since(0).messages == ()


def test_nobody_elses_message_can_be_edited(site: Site) -> None:
    """404, with a sentence."""
    site.post("/api/say", _say("hello"))
    answer = site.post("/api/edit", {"phone": "ben", "message": 1, "text": "changed"})
    assert (answer.status_code, answer.json()["error"]) == (404, "There is no such message of theirs.")


@pytest.mark.parametrize("zone", ["Nowhere/Land", "../../etc/passwd", "/etc/localtime", "", 7, None, "a\0b"])
def test_a_zone_that_nobody_knows_is_left_out(site: Site, zone: object) -> None:
    """What the browser says is a guess, never a mistake."""
    assert site.post("/api/say", {"phone": "ana", "text": "hello", "zone": zone}).status_code == 200
    assert site.phones.updates()[0].deed.browser.zone is None


@pytest.mark.parametrize(
    ("told", "taken"), [("de-AT", "de-AT"), ("fr", "fr"), ("", "en"), (7, "en"), (None, "en"), ("../de", "en")]
)
def test_somebody_new_is_spoken_to_in_the_browsers_language(site: Site, told: object, taken: str) -> None:
    """What is no language is English."""
    assert site.post("/api/say", {"phone": "ana", "text": "hello", "language": told}).status_code == 200
    assert site.phones.updates()[0].deed.browser.language == taken


def test_a_zone_is_looked_up_by_its_name() -> None:
    """As the zones are named, also those that are links."""
    assert [is_zone(name) for name in ("Europe/Lisbon", "UTC", "Asia/Calcutta", "Europe")] == [True] * 3 + [False]


def test_a_press_a_photo_and_an_invitation_reach_the_bot(site: Site) -> None:
    """Each as what it is."""
    site.post("/api/press", {"phone": "ana", "token": "t"})
    site.post("/api/unreadable", {"phone": "ben", "kind": "sticker"})
    site.post("/api/open", {"phone": "ben", "code": "CODE"})
    assert [(update.deed.what, update.deed.text) for update in site.phones.updates()] == [
        (Happening.PRESSED, "t"),
        (Happening.UNREADABLE, "sticker"),
        (Happening.TYPED, "/start CODE"),
    ]


def test_the_clock_moves(site: Site) -> None:
    """By an hour, by a day, to what is next; the page shows it."""
    before = site.desk.time
    for by in ("hour", "day", "next"):
        assert site.post("/api/clock", {"by": by}).status_code == 200
    clock = site.ask("GET", "/api/state").json()["clock"]
    assert clock == {"now": before + 25 * 3600}
    assert site.desk.asked == ["next"]


def test_starting_over_is_the_programs(site: Site) -> None:
    """The server only asks for it."""
    assert site.post("/api/reset", {}).status_code == 200
    assert site.desk.asked == ["over"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8080", "localhost:9", "LOCALHOST", "[::1]:8080", "[::1]"])
def test_this_machine_may_ask(site: Site, host: str) -> None:
    """By any of its three names."""
    assert site.ask("GET", "/api/state", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["leeway.example", "127.0.0.1.example.com", "10.0.0.7:8080", "127.0.0.1@x", ""])
@pytest.mark.parametrize("path", ["/", "/api/state", "/api/events", "/healthz"])
def test_nobody_else_may_ask(site: Site, host: str, path: str) -> None:
    """Whatever name another site gives to this machine."""
    assert site.ask("GET", path, headers={"Host": host}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://example.com"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9090"},
        {"Origin": "http://127.0.0.1:8080.example.com"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", **HERE},
        {},
    ],
)
@pytest.mark.parametrize("post", POSTS)
def test_only_this_page_may_post(site: Site, post: str, headers: dict[str, str]) -> None:
    """403, and nothing is kept."""
    answer = site.ask("POST", f"/api/{post}", json=_say("hello"), headers=headers)
    assert (answer.status_code, answer.json()["error"][-1]) == (403, ".")
    assert site.phones.updates() == []


@pytest.mark.parametrize("headers", [HERE, {"Sec-Fetch-Site": "same-origin"}])
def test_this_page_may_post(site: Site, headers: dict[str, str]) -> None:
    """A browser says so in one of two ways."""
    assert site.ask("POST", "/api/say", json=_say("hello"), headers=headers).status_code == 200


def test_nothing_changes_by_looking(site: Site) -> None:
    """What changes something is posted."""
    assert [site.ask("GET", f"/api/{post}").status_code for post in POSTS] == [404] * len(POSTS)


@pytest.mark.parametrize("path", ["/", "/api/state", "/style.css", "/nowhere", "/api/say"])
def test_every_answer_holds_the_browser_back(site: Site, path: str) -> None:
    """Scripts and styles are ours alone, and nothing is fetched elsewhere."""
    headers = site.ask("GET", path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/../server.py", "/..%2fserver.py", "/%2e%2e/server.py", "//etc/passwd"])
def test_only_the_page_is_served(site: Site, path: str) -> None:
    """No file beside it."""
    assert site.ask("GET", path).status_code == 404


@pytest.mark.parametrize("path", sorted(path.name for path in PAGE.iterdir()))
def test_the_page_asks_nobody_else(site: Site, path: str) -> None:
    """No file of it names another address, and none makes markup from text."""
    source = site.ask("GET", f"/{path}").text.replace("http://www.w3.org/2000/svg", "")
    assert [word for word in ("http:", "https:", "url(", "@import", "innerHTML", "eval(") if word in source] == []


def test_the_program_says_how_it_is(site: Site) -> None:
    """Alive at once, ready when it is."""
    assert site.ask("GET", "/healthz").status_code == 200
    assert site.ask("GET", "/readyz").status_code == 200
    site.desk.well = False
    assert (site.ask("GET", "/healthz").status_code, site.ask("GET", "/readyz").status_code) == (200, 503)


def test_what_people_wrote_is_not_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Not even where everything is logged."""
    caplog.set_level(logging.DEBUG)
    assert not logging.getLogger("sse_starlette.sse").isEnabledFor(logging.DEBUG)
    site.post("/api/say", _say("a secret"))
    site.ask("GET", "/api/state")
    assert "a secret" not in caplog.text


def test_a_file_that_cannot_be_written_is_said_in_a_sentence(site: Site) -> None:
    """503, never a traceback."""
    site.phones.close()
    answer = site.post("/api/say", _say("hello"))
    assert (answer.status_code, answer.json()["error"][-1]) == (503, ".")


def test_a_picture_can_be_seen(site: Site) -> None:
    """The page is told what is to be seen, and gets it as a picture."""
    png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\4\x44\0\0\2\0"
    file = Attachment("picture.png", png, "photo", "A village")
    site.phones.deliver([Draft(Owner.ANA, "bot", 1, "Here.", file=file, delivery=1)])
    (shown,) = site.ask("GET", "/api/state").json()["messages"]
    assert shown["file"] | {"href": ""} == {
        "name": "picture.png", "href": "", "alt": "A village", "width": 1092, "height": 512,
    }  # fmt: skip
    answer = site.ask("GET", shown["file"]["href"])
    assert (answer.content, answer.headers["content-type"]) == (png, "image/png")
    assert "content-disposition" not in answer.headers


def test_a_file_can_be_saved(site: Site) -> None:
    """The page is told where it is; a browser saves it, and runs nothing of it."""
    site.phones.deliver([Draft(Owner.ANA, "bot", 1, "Here.", file=Attachment("time.ics", b"BEGIN"), delivery=1)])
    (shown,) = site.ask("GET", "/api/state").json()["messages"]
    assert shown["file"] == {"name": "time.ics", "href": shown["file"]["href"]}
    answer = site.ask("GET", shown["file"]["href"])
    assert (answer.content, answer.headers["content-disposition"]) == (b"BEGIN", 'attachment; filename="time.ics"')
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert site.ask("GET", "/api/file/99").status_code == 404
