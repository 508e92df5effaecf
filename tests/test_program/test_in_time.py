"""An answer that was given in time counts, although the program was not there when the time was over."""

import asyncio
import signal
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from bot.wiring import rooms as wiring
from tests.doubles.telegram.double import Double
from tests.doubles.telegram.program import ready
from tests.doubles.telegram.rig import ANA
from tests.playing.platform import Loop
from tests.playing.platforms import SETTINGS
from tests.playing.stages import Hands
from tests.playing.times import next_time
from tests.test_program.test_power_cuts_telegram import BEN, BEN1, CLOSED, DAY, ZONE, Ahead, Street, first_round

UP_TO_BEN = 7  # steps of the first round: Ana has answered, the two are linked, and Ben has the question


@pytest.mark.timeout(120)
def test_an_answer_waits_for_the_program(tmp_path: Path) -> None:
    """Ben answers on the second day while the program is down; it comes back on the fifth, and the round opens."""
    clock = Ahead()
    clock.by = next_time(6, "19:30", clock.now(), ZONE) - clock.now()  # whatever the hour is: nobody's night

    async def play() -> Street:
        async with ready(Double(clock.now), tmp_path, 100, TIME_ZONE=ZONE) as program:
            street = Street(program, clock, Random(1))
            program.double.on_posted = street.watch
            await street.start()
            for act, shows in islice(first_round(street), UP_TO_BEN):
                act()
                await program.double.until(shows)
            await program.end(signal.SIGKILL)
            clock.by += DAY
            program.double.says(BEN, BEN1)
            clock.by += 4 * DAY
            await street.start()
            await program.double.until(lambda: street.said(ANA, BEN1) or street.said(ANA, CLOSED))
        return street

    street = asyncio.run(play())
    assert street.said(ANA, BEN1)
    assert not street.said(BEN, CLOSED)


def test_a_platform_that_is_away_is_waited_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is on the other one does not wait at each tick."""
    monkeypatch.setattr(wiring, "HEARING", 0.05)
    here, away = Loop(), Loop()
    here.caught_up.set()

    async def play() -> list[float]:
        rooms = wiring.open_rooms(SETTINGS, tmp_path, [here, away], Hands(0))
        took, loop = list[float](), asyncio.get_running_loop()
        for _ in range(2):
            begun = loop.time()
            await rooms.run_due()
            took.append(loop.time() - begun)
        await rooms.writer.close()
        rooms.store.close()
        return took

    first, second = asyncio.run(play())
    assert first >= 0.05 > second
