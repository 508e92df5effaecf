"""The double of Discord, driven by the real discord.py."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands
from discord.http import Route
from discord.ui import Button, Select, View

from tests.doubles.discord.double import TOKEN, Broken, Failing, Fault, Limited, RefusedError
from tests.doubles.discord.objects import Json
from tests.doubles.discord.stage import ANA, BEN, NOON, Client, Stage, staged

GUILD = 5_000_000
MESSAGES = "POST /channels/{channel}/messages"


def _play(play: Callable[[Stage], Awaitable[None]], *complaints: str) -> None:
    """Plays, and looks whether the double has complained of that and of nothing else."""

    async def whole() -> None:
        async with staged() as stage:
            await play(stage)
        assert len(stage.double.complaints) == len(complaints), stage.double.complaints
        assert all(map(str.__contains__, stage.double.complaints, complaints)), stage.double.complaints

    asyncio.run(whole())


def _view(*items: Any) -> View:
    view = View(timeout=None)
    for item in items:
        view.add_item(item)
    return view


# ---- the gateway


def test_the_client_logs_in_and_identifies_itself() -> None:
    """With the intents of ours, as the bot that it is."""

    async def play(stage: Stage) -> None:
        assert stage.client.user is not None
        assert stage.client.user.id == stage.client.application_id == stage.double.robot.id
        assert [asked["intents"] for asked in stage.double.identifies] == [4097]

    _play(play)


def test_a_wrong_token_is_refused() -> None:
    """As the library's own error."""

    async def play(stage: Stage) -> None:
        async with Client() as other:
            with pytest.raises(discord.LoginFailure):
                await other.login("wrong")

    _play(play)


def test_other_intents_are_a_complaint() -> None:
    """What people write to each other is not for the bot."""

    async def play(stage: Stage) -> None:
        async with discord.AutoShardedClient(intents=discord.Intents.default()) as other:
            running = asyncio.create_task(other.start(TOKEN))
            await stage.double.until(lambda: len(stage.double.identifies) == 2)
            await other.close()
            await running

    _play(play, "intents")


def test_a_direct_message_is_heard() -> None:
    """With who wrote it, where, and to which message it is the answer."""

    async def play(stage: Stage) -> None:
        asked = await stage.channel().send("Well?", nonce=1)
        said = stage.double.says(ANA, "A lighthouse keeper.", reply_to=asked.id)
        heard = await stage.hears()
        assert (heard.id, heard.content, heard.channel.id) == (said.id, "A lighthouse keeper.", ANA.dm)
        assert (heard.author.id, heard.author.display_name, heard.guild) == (ANA.id, "Ana", None)
        assert heard.reference.message_id == asked.id
        assert heard.created_at.timestamp() == NOON

    _play(play)


@pytest.mark.parametrize(
    ("kind", "type_"), [("photo", "image/png"), ("voice", "audio/ogg"), ("file", "application/pdf")]
)
def test_a_file_is_heard(kind: str, type_: str) -> None:
    """A message without words, with its attachment."""

    async def play(stage: Stage) -> None:
        stage.double.sends(ANA, kind)
        heard = await stage.hears()
        assert (heard.content, heard.attachments[0].content_type) == ("", type_)
        assert heard.flags.voice == heard.attachments[0].is_voice_message() == (kind == "voice")

    _play(play)


def test_a_sticker_is_heard() -> None:
    """A message without words and without attachments."""

    async def play(stage: Stage) -> None:
        stage.double.sends(ANA, "sticker")
        heard = await stage.hears()
        assert (heard.content, heard.attachments, len(heard.stickers)) == ("", [], 1)

    _play(play)


def test_an_edit_is_heard() -> None:
    """Two in one second are two."""

    async def play(stage: Stage) -> None:
        said = stage.double.says(ANA, "A lighthouse keper.")
        stage.double.edits(ANA, said.id, "A lighthouse keeper.")
        stage.double.edits(ANA, said.id, "A pirate.")
        _, once, twice = [await stage.hears() for _ in range(3)]
        assert [(heard.id, heard.content) for heard in (once, twice)] == [
            (said.id, "A lighthouse keeper."),
            (said.id, "A pirate."),
        ]
        assert NOON < once.edited_at.timestamp() < twice.edited_at.timestamp() < NOON + 1

    _play(play)


def test_an_event_that_cannot_be_read_ends_the_client() -> None:
    """As it does with the real ones (D17)."""

    async def play(stage: Stage) -> None:
        stage.double.push("MESSAGE_CREATE", {})
        with pytest.raises(KeyError):
            await stage.running

    _play(play)


def test_after_a_resumable_end_the_rest_is_told() -> None:
    """Nobody identifies themselves a second time."""

    async def play(stage: Stage) -> None:
        stage.double.keeps = False
        stage.double.drop(resumable=True)
        stage.double.says(ANA, "Meanwhile.")
        assert (await stage.hears()).content == "Meanwhile."
        assert (len(stage.double.identifies), len(stage.double.resumes)) == (1, 1)

    _play(play)


@pytest.mark.parametrize("keeps", [True, False])
def test_after_an_end_for_good_the_client_begins_anew(keeps: bool) -> None:
    """What happened meanwhile is lost, unless the double keeps it."""

    async def play(stage: Stage) -> None:
        stage.double.keeps = keeps
        stage.double.drop(resumable=False)
        stage.double.says(ANA, "Meanwhile.")
        await stage.double.until(lambda: stage.double.connected)
        stage.double.says(ANA, "Now.")
        assert (await stage.hears()).content == ("Meanwhile." if keeps else "Now.")
        assert (len(stage.double.identifies), len(stage.double.resumes)) == (2, 1)

    _play(play)


def test_a_guild_becomes_available() -> None:
    """One that the bot is in when it comes."""

    async def play(stage: Stage) -> None:
        stage.double.guilds.make(GUILD)
        joined = asyncio.ensure_future(stage.client.wait_for("guild_available"))
        stage.double.drop(resumable=False)
        assert (await joined).id == GUILD

    _play(play)


# ---- messages


def test_a_nonce_returns_the_first_message() -> None:
    """For a few minutes; then it is a new one."""

    async def play(stage: Stage) -> None:
        first = await stage.channel().send("Well?", nonce=7)
        stage.at[0] += 299
        assert (await stage.channel().send("Well?", nonce=7)).id == first.id
        stage.at[0] += 1
        assert (await stage.channel().send("Well?", nonce=7)).id != first.id
        assert stage.double.texts(ANA) == ["Well?", "Well?"]

    _play(play)


def test_files_are_kept() -> None:
    """With their names and contents, beside the words."""

    async def play(stage: Stage) -> None:
        sent = await stage.channel().send("Your deck.", file=discord.File(BytesIO(b"PDF"), "deck.pdf"), nonce=1)
        assert stage.double.bots[0].files == [("deck.pdf", b"PDF")]
        assert (sent.content, sent.attachments[0].size) == ("Your deck.", 3)

    _play(play)


def test_the_bots_messages_are_edited_and_deleted() -> None:
    """A second deletion finds nothing."""

    async def play(stage: Stage) -> None:
        told = list[tuple[str, bool]]()
        stage.double.on_posted = lambda posted, is_edit: told.append((posted.content, is_edit))
        stage.double.on_removed = lambda posted: told.append(("gone", posted.gone))
        sent = await stage.channel().send("Well?", view=_view(Button(label="Yes", custom_id="yes")), nonce=1)
        await sent.edit(content="Well.", view=None)
        assert (stage.double.texts(ANA), stage.double.bots[0].components) == (["Well."], [])
        await sent.delete()
        with pytest.raises(discord.NotFound):
            await sent.delete()
        assert told == [("Well?", False), ("Well.", True), ("gone", True)]
        assert stage.double.texts(ANA) == []

    _play(play)


def test_what_others_wrote_is_not_the_bots_to_edit() -> None:
    """It is refused, and complained of."""

    async def play(stage: Stage) -> None:
        said = stage.double.says(ANA, "Hello.")
        with pytest.raises(discord.Forbidden):
            await stage.channel().get_partial_message(said.id).edit(content="Goodbye.")

    _play(play, "not the bot's")


# ---- interactions


def test_a_press_is_heard_and_acknowledged_once() -> None:
    """With what the button carries and the message that it is under. A second acknowledgement is refused."""

    async def play(stage: Stage) -> None:
        sent = await stage.channel().send("Well?", view=_view(Button(label="Yes", custom_id="yes")), nonce=1)
        pressed = stage.double.presses(ANA, sent.id, "yes")
        heard = await stage.interaction()
        assert heard.data == {"custom_id": "yes", "component_type": 2, "id": 1}
        assert heard.message is not None
        assert (heard.message.id, heard.channel_id, heard.user.id, str(heard.locale)) == (sent.id, ANA.dm, 11, "en-US")
        await heard.response.defer()
        assert pressed.callback == {"type": 6}
        with pytest.raises(discord.HTTPException) as refused:
            await discord.InteractionResponse(heard).defer()
        assert (refused.value.status, refused.value.code) == (400, 40060)

    _play(play)


def test_an_option_of_a_select_is_taken() -> None:
    """By the value of the option."""

    async def play(stage: Stage) -> None:
        options = [
            discord.SelectOption(label="Play", value="v1:play"),
            discord.SelectOption(label="Rest", value="v1:rest"),
        ]
        sent = await stage.channel().send("Which?", view=_view(Select(custom_id="which", options=options)), nonce=1)
        stage.double.presses(ANA, sent.id, "v1:rest")
        heard = await stage.interaction()
        assert heard.data == {"custom_id": "which", "component_type": 3, "values": ["v1:rest"], "id": 1}
        await heard.response.edit_message(content="Rest.", view=None)
        assert stage.double.texts(ANA) == ["Rest."]

    _play(play)


def test_an_interaction_does_not_wait() -> None:
    """Three seconds for the first answer, fifteen minutes for what becomes of it."""

    async def play(stage: Stage) -> None:
        stage.double.commands_(ANA, "start")
        heard = await stage.interaction()
        await heard.response.defer()
        stage.double.commands_(ANA, "start")
        late = await stage.interaction()
        stage.at[0] += 4
        with pytest.raises(discord.NotFound) as unknown:
            await late.response.defer()
        stage.at[0] += 900
        with pytest.raises(discord.HTTPException) as expired:
            await heard.edit_original_response(content="Later.")
        assert (unknown.value.code, expired.value.status, expired.value.code) == (10062, 401, 50027)

    _play(play)


def test_an_announced_answer_comes_and_goes() -> None:
    """It is edited into being, and deleted."""

    async def play(stage: Stage) -> None:
        given = stage.double.commands_(BEN, "start")
        heard = await stage.interaction()
        with pytest.raises(discord.NotFound):
            await heard.edit_original_response(content="Too soon.")
        announced = await heard.response.defer(ephemeral=True, thinking=True)
        assert announced is not None
        assert (announced.is_thinking(), announced.is_ephemeral()) == (True, True)
        await heard.edit_original_response(content="Done.")
        assert (given.original, (await heard.original_response()).content) == ("Done.", "Done.")
        await heard.followup.send("And more.", ephemeral=True)
        await heard.delete_original_response()
        assert (given.deleted, [each.content for each in given.more]) == (True, ["And more."])
        assert (str(heard.locale), stage.double.bots) == ("de", [])

    _play(play)


def test_commands_are_synced_and_given() -> None:
    """An argument goes into the first option; what is not offered somewhere is not given there."""

    async def play(stage: Stage) -> None:
        given = list[tuple[str, int | None]]()

        async def link(interaction: discord.Interaction, code: str = "") -> None:
            given.append((code, interaction.guild_id))

        contexts, installs = (
            app_commands.AppCommandContext(dm_channel=True),
            app_commands.AppInstallationType(user=True),
        )
        tree = app_commands.CommandTree(stage.client, allowed_contexts=contexts, allowed_installs=installs)
        tree.add_command(app_commands.Command(name="link", description="Takes a code.", callback=link))
        first, again = await tree.sync(), await tree.sync()
        assert (first[0].id, stage.double.syncs) == (again[0].id, 2)
        assert [command.name for command in await tree.fetch_commands()] == ["link"]
        stage.double.commands_(ANA, "link", "ABC123")
        stage.double.commands_(ANA, "link", channel=stage.double.guilds.make(GUILD, ANA).room.id)
        await stage.hears()
        await stage.hears()
        assert given == [("ABC123", None), ("", GUILD)]

    _play(play, "/link is not offered there")


def test_a_form_is_sent_in() -> None:
    """With what was written, to be answered on its own."""

    async def play(stage: Stage) -> None:
        opened = stage.double.commands_(ANA, "answer")
        modal = discord.ui.Modal(title="Your answer", custom_id="answer", timeout=None)
        modal.add_item(discord.ui.TextInput(label="What?", custom_id="words"))
        await (await stage.interaction()).response.send_modal(modal)
        stage.double.submits(opened, words="A lighthouse.")
        heard = await stage.interaction()
        assert heard.data is not None
        assert heard.data["components"][0]["components"][0]["value"] == "A lighthouse."  # type: ignore[typeddict-item]
        await heard.response.send_message("Kept.")
        assert stage.double.texts(ANA) == ["Kept."]

    _play(play)


def test_in_a_guild_answers_are_for_one_alone() -> None:
    """Anything else there is a complaint."""

    async def play(stage: Stage) -> None:
        guild = stage.double.guilds.make(GUILD, ANA)
        for _ in range(3):
            stage.double.commands_(ANA, "start", channel=guild.room.id)
        first, second, third = [await stage.interaction() for _ in range(3)]
        assert first.guild_id == GUILD
        await first.response.send_message("Look into your messages.", ephemeral=True)
        await second.response.send_message("Look into your messages.")
        await third.response.defer()
        assert second.channel is not None
        await stage.client.get_partial_messageable(second.channel.id).send("Hello, all.", nonce=1)

    _play(play, "everybody reads", "everybody reads", "phone rings")


@pytest.mark.parametrize("has_guild", [False, True])
def test_d22_where_the_bot_is_not_five_messages_may_follow(*, has_guild: bool) -> None:
    """Edits of the first answer are not counted; in a guild that the bot is in, nothing is."""

    async def play(stage: Stage) -> None:
        guild = stage.double.guilds.make(GUILD, ANA, has_bot=False)
        stage.double.commands_(ANA, "start", channel=guild.room.id if has_guild else 77)
        heard = await stage.interaction()
        assert heard.is_user_integration()
        await heard.response.defer(ephemeral=True)
        for number in range(7):
            await heard.edit_original_response(content=f"{number}")
        for number in range(5):
            await heard.followup.send(f"{number}", ephemeral=True)
        with pytest.raises(discord.HTTPException) as raised:
            await heard.followup.send("5", ephemeral=True)
        assert (raised.value.status, raised.value.code) == (400, 40094)

    _play(play, "more answers")


def test_where_others_are_answers_are_for_one_alone() -> None:
    """In a channel that two have to themselves; under a message that all see, also an edit is none."""

    async def play(stage: Stage) -> None:
        guild = stage.double.guilds.make(GUILD, ANA)
        stage.double.commands_(ANA, "start", channel=77)
        await (await stage.interaction()).response.defer()
        room = stage.client.get_partial_messageable(guild.room.id)
        sent = await room.send("Hello, all.", nonce=1, silent=True, view=_view(Button(label="a", custom_id="a")))
        for _ in range(2):
            stage.double.presses(ANA, sent.id, "a")
        deferred, updated = await stage.interaction(), await stage.interaction()
        await deferred.response.defer()
        await deferred.edit_original_response(content="Ana's own.")
        await updated.response.edit_message(content="Ana's own.")

    _play(play, *["everybody reads"] * 3)


def test_what_one_alone_sees_another_cannot_press() -> None:
    """It would be a test of ours that is wrong."""

    async def play(stage: Stage) -> None:
        given = stage.double.commands_(ANA, "start", channel=77)
        heard = await stage.interaction()
        await heard.response.defer(ephemeral=True)
        await heard.edit_original_response(content="Well?", view=_view(Button(label="a", custom_id="a")))
        assert given.answer is not None
        for who in (ANA, BEN):
            stage.double.presses(who, given.answer.id, "a")
            assert (await stage.interaction()).user.id == who.id

    _play(play, "Ben does not see that message")


def test_d05_a_form_is_the_first_answer_and_its_words_need_one_of_their_own() -> None:
    """After any other it is one too many; it has no message that could be changed."""

    async def play(stage: Stage) -> None:
        form = discord.ui.Modal(title="Your words", custom_id="form", timeout=None)
        words = discord.ui.TextInput[discord.ui.Modal](custom_id="words", max_length=4000)
        form.add_item(discord.ui.Label(text="Your words", component=words))
        opened = stage.double.commands_(ANA, "answer")
        heard = await stage.interaction()
        await heard.response.send_modal(form)
        with pytest.raises(discord.NotFound):
            await heard.edit_original_response(content="x")
        stage.double.submits(opened, words="A lighthouse.")
        sent = await stage.interaction()
        assert sent.data is not None
        assert sent.data["components"][0]["component"]["value"] == "A lighthouse."  # type: ignore[typeddict-item]
        with pytest.raises(discord.HTTPException) as raised:
            await sent.response.send_modal(form)
        assert raised.value.code == 50035
        await sent.response.send_message("Kept.")

    _play(play, "response type 9")


INPUT: Json = {"type": 4, "custom_id": "a", "style": 2}


@pytest.mark.parametrize(
    ("form", "complaint"),
    [
        ({"title": "x" * 46}, "title"),
        ({"components": []}, "components"),
        ({"components": [{"type": 18, "label": "", "component": INPUT}]}, "label"),
        ({"components": [{"type": 18, "label": "a", "component": INPUT | {"type": 2}}]}, "text input"),
        ({"components": [{"type": 18, "label": "a", "component": {"type": 4, "style": 2}}]}, "custom_id"),
        ({"components": [{"type": 18, "label": "a", "component": INPUT | {"max_length": 4001}}]}, "max_length"),
        ({"components": [INPUT]}, "action row"),
    ],
)
def test_d05_a_form_outside_of_the_limits_is_refused(form: Json, complaint: str) -> None:
    """As the server does, and a complaint."""

    async def play(stage: Stage) -> None:
        given = stage.double.commands_(ANA, "answer")
        await stage.interaction()
        whole = {"custom_id": "form", "title": "a", "components": [{"type": 18, "label": "a", "component": INPUT}]}
        path = "/interactions/{id}/{token}/callback"
        route = Route("POST", path, id=given.id, token=given.token)
        with pytest.raises(discord.HTTPException) as raised:
            await stage.client.http.request(route, json={"type": 9, "data": whole | form})
        assert raised.value.code == 50035

    _play(play, complaint)


@pytest.mark.parametrize("opens", [False, True])
def test_d09_closed_messages_may_open_all_the_same(*, opens: bool) -> None:
    """The channel, in which nothing can be said."""

    async def play(stage: Stage) -> None:
        stage.double.people[ANA.id], stage.double.opens = ANA, opens
        stage.double.closed[ANA.id] = (403, 50278)
        with pytest.raises(discord.Forbidden):
            await (await stage.client.create_dm(discord.Object(ANA.id))).send("x", nonce=1)
        assert len(stage.double.made(MESSAGES)) == opens

    _play(play)


# ---- faults


@pytest.mark.parametrize(
    ("fault", "error", "posted"),
    [
        (RefusedError(403, 50007, "Cannot send messages to this user"), discord.Forbidden, 0),
        (RefusedError(404, 10003, "Unknown Channel"), discord.NotFound, 0),
        (RefusedError(400, 50006, "Cannot send an empty message"), discord.HTTPException, 0),
        (Limited(60.0), discord.RateLimited, 0),
        (Limited(60.0, via=False), discord.HTTPException, 0),
        (Broken(done=False), aiohttp.ServerDisconnectedError, 0),
        (Broken(done=True), aiohttp.ServerDisconnectedError, 1),
        (Failing(503, done=False), discord.DiscordServerError, 0),
        (Failing(503, done=True), discord.DiscordServerError, 1),
        (5.0, TimeoutError, 0),
    ],
)
def test_a_fault_is_an_error_of_the_librarys(fault: Fault, error: type[Exception], posted: int) -> None:
    """And whether the message is there is what the fault says."""

    async def play(stage: Stage) -> None:
        stage.double.faults[MESSAGES].append(fault)
        with pytest.raises(error):
            async with asyncio.timeout(0.3):
                await stage.channel().send("Well?", nonce=1)
        assert len(stage.double.bots) == posted
        await stage.channel().send("Well?", nonce=1)
        assert len(stage.double.bots) == 1

    _play(play)


@pytest.mark.parametrize("fault", [Limited(0.01), Limited(0.01, is_global=True), Failing(500, done=True), 0.01])
def test_some_faults_the_library_gets_over(fault: Fault) -> None:
    """It tries again by itself, and the message is there once."""

    async def play(stage: Stage) -> None:
        stage.double.faults[MESSAGES].append(fault)
        await stage.channel().send("Well?", nonce=1)
        assert len(stage.double.made(MESSAGES)) == (1 if fault == 0.01 else 2)
        assert stage.double.texts(ANA) == ["Well?"]

    _play(play)


@pytest.mark.parametrize(("status", "code"), [(403, 50007), (400, 50007), (403, 50278)])
def test_whoever_is_closed_is_not_reached(status: int, code: int) -> None:
    """Neither by a message nor by opening a channel."""

    async def play(stage: Stage) -> None:
        opened = await stage.client.create_dm(discord.Object(stage.channel().id - ANA.dm + ANA.id))
        assert opened.id == ANA.dm
        stage.double.closed[ANA.id] = (status, code)
        with pytest.raises(discord.HTTPException) as sending:
            await opened.send("Well?", nonce=1)
        with pytest.raises(discord.HTTPException) as opening:
            await stage.client.http.start_private_message(ANA.id)
        assert [(raised.value.status, raised.value.code) for raised in (sending, opening)] == [(status, code)] * 2

    _play(play)


# ---- what a program of ours must not do

GOOD: Json = {"content": "Well?", "allowed_mentions": {"parse": []}, "nonce": "1", "enforce_nonce": True}


def _row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def _button(custom_id: str = "a", **more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "Yes", "custom_id": custom_id, **more}


def _select(options: int = 2, **more: Any) -> Json:
    return {"type": 3, "custom_id": "s", "options": [{"label": "x", "value": f"{n}", **more} for n in range(options)]}


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"content": "x" * 2001}, "content"),
        ({"nonce": "1" * 26}, "nonce"),
        ({"components": [_row(_button(f"{n}")) for n in range(6)]}, "components"),
        ({"components": [_row(*[_button(f"{n}") for n in range(6)])]}, "components.0.components"),
        ({"components": [_row()]}, "components.0.components"),
        ({"components": [_row(_button("a"), _button("a"))]}, "custom_id"),
        ({"components": [_row(_button("x" * 101))]}, "custom_id"),
        ({"components": [_row(_button(""))]}, "custom_id"),
        ({"components": [_row(_button(label="x" * 81))]}, "label"),
        ({"components": [_row(_select(26))]}, "options"),
        ({"components": [_row(_select(label="x" * 101))]}, "options.0.label"),
        ({"components": [_row(_select(description="x" * 101))]}, "options.0.description"),
        ({"components": [_row(_select(value="same"))]}, "options"),
        ({"components": [_button()]}, "components.0.type"),
        ({"flags": 64}, "flags"),
    ],
)
def test_what_is_too_much_is_refused(wrong: Json, where: str) -> None:
    """And complained of: a program counts before it sends."""

    async def play(stage: Stage) -> None:
        with pytest.raises(discord.HTTPException) as refused:
            await stage.posts(GOOD | wrong)
        assert (refused.value.status, refused.value.code, stage.double.bots) == (400, 50035, [])

    _play(play, where)


@pytest.mark.parametrize(
    ("left_out", "complaint"), [("allowed_mentions", "may call people"), ("nonce", "nonce"), ("enforce_nonce", "nonce")]
)
def test_what_is_left_out_is_complained_of(left_out: str, complaint: str) -> None:
    """The message is there all the same."""

    async def play(stage: Stage) -> None:
        await stage.posts({name: value for name, value in GOOD.items() if name != left_out})
        assert stage.double.texts(ANA) == ["Well?"]

    _play(play, complaint)


COMMAND: Json = {"name": "start", "description": "Begins.", "contexts": [0, 1], "integration_types": [0, 1]}


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        ([COMMAND | {"name": "Start"}], "name"),
        ([COMMAND | {"name": "x" * 33}], "name"),
        ([COMMAND | {"description": ""}], "description"),
        ([COMMAND | {"description_localizations": {"de": "x" * 101}}], "description"),
        ([COMMAND | {"name_localizations": {"en": "start"}}], "No locale"),
        ([COMMAND, COMMAND], "unique"),
        ([COMMAND | {"name": f"c{n}"} for n in range(101)], "more than 100"),
    ],
)
def test_commands_outside_of_the_limits_are_refused(commands: list[Json], complaint: str) -> None:
    """And complained of; those that were there stay."""

    async def play(stage: Stage) -> None:
        with pytest.raises(discord.HTTPException):
            await stage.client.http.bulk_upsert_global_commands(stage.double.robot.id, commands)
        assert stage.double.commands == []

    _play(play, complaint)


@pytest.mark.parametrize("left_out", ["contexts", "integration_types"])
def test_a_command_says_where_it_is_offered(left_out: str) -> None:
    """What Discord takes in place of it is not what it documents (D12)."""

    async def play(stage: Stage) -> None:
        command = {name: value for name, value in COMMAND.items() if name != left_out}
        await stage.client.http.bulk_upsert_global_commands(stage.double.robot.id, [command])

    _play(play, left_out)


def test_what_the_double_does_not_know_is_complained_of() -> None:
    """Nothing is passed over in silence."""

    async def play(stage: Stage) -> None:
        with pytest.raises(discord.NotFound):
            await stage.client.http.request(Route("GET", "/voice/regions"))

    _play(play, "GET /voice/regions")
