"""What is counted for whoever runs the bot: numbers by kind, as Prometheus reads them. Never a word, a name or an id.

The names are those of docs/operations.md. What counts itself elsewhere (the sender, the store) is asked when somebody
looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Final, Protocol, TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot import events
from bot.changes import Lane
from bot.events import Crowded, Event, Incoming, SessionDue, Unheard, WeekDue

FORM: Final = CONTENT_TYPE_PLAIN_0_0_4

# A command's own name is not told: it is what somebody typed.
KINDS: Final[Mapping[type, str]] = {
    events.Typed: "typed",
    events.Command: "command",
    events.Pressed: "pressed",
    events.Edited: "edited",
    events.Unreadable: "unreadable",
    events.Blocked: "blocked",
    events.Returned: "returned",
    **dict.fromkeys(
        (events.Added, events.Removed, events.Muted, events.MovedTo, events.Joined, events.Nameless), "group"
    ),
    SessionDue: "due",
    WeekDue: "week",
    Crowded: "crowded",
    Unheard: "unheard",
}
AT_ONCE: Final = 500  # turns that are counted together, if nobody looks earlier
TURN: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)  # seconds
LATE: Final = (1, 2, 5, 10, 30, 60, 300, 900, 3_600, 10_800, 86_400)  # seconds

Result = TypeVar("Result")


class Line(Protocol):
    """So many rows of one state and lane of the outbox, the first of which may go from `since` on (epoch seconds)."""

    @property
    def state(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def lane(self) -> str: ...  # noqa: D102
    @property
    def rows(self) -> int: ...  # noqa: D102
    @property
    def since(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Now:
    """What is asked when somebody looks: the outbox by state and lane, how sends ended by platform, which platforms
    are heard, how many turns have raised, and the time."""

    lines: Sequence[Line]
    ends: Mapping[str, Mapping[str, int]]
    hears: Mapping[str, bool]
    failed: int
    at: int


class Figures:
    """Notes turns as they are taken, and counts them a few hundred at a time, or when somebody looks: to count each by
    itself would take 25 µs of its turn, to note it takes less than one. May be used on any thread."""

    def __init__(self) -> None:
        """Nothing was counted yet; in a registry of its own."""
        self._turned: deque[tuple[str, Lane, float, int | None]] = deque()
        self._kept: deque[float] = deque()
        self._registry = CollectorRegistry()
        self._turns = Counter("leeway_turns", "Turns, by what happened.", ["kind"], registry=self._registry)
        self._seconds = Histogram(
            "leeway_turn_seconds", "A turn's work.", ["lane"], buckets=TURN, registry=self._registry
        )
        self._heard = Histogram(
            "leeway_heard_seconds", "From what somebody did until it is kept.", buckets=TURN, registry=self._registry
        )
        self._late = Histogram(
            "leeway_due_late_seconds", "How late what is due is taken.", buckets=LATE, registry=self._registry
        )
        ProcessCollector(registry=self._registry)
        self._by_kind = {kind: self._turns.labels(kind) for kind in KINDS.values()}
        self._by_lane = {lane: self._seconds.labels(lane.value) for lane in Lane}

    def counting(self, take: Callable[[Event], Result]) -> Callable[[Event], Result]:
        """The same, counted; also one that raises."""

        def counted(event: Event) -> Result:
            begun = perf_counter()
            try:
                return take(event)
            finally:
                self._note(event, perf_counter() - begun)

        return counted

    def kept(self, seconds: float) -> None:
        """What somebody did is kept, so long after it was heard."""
        self._kept.append(seconds)

    def page(self, now: Now) -> bytes:
        """Everything, in the form of `FORM`."""
        self._count()
        return generate_latest(_Page(self._registry, now))

    def _note(self, event: Event, seconds: float) -> None:
        lane = Lane.REPLY if isinstance(event, Incoming) else Lane.BULK
        late = event.late if isinstance(event, SessionDue | WeekDue | Crowded) else None
        self._turned.append((kind_of(event), lane, seconds, late))
        if len(self._turned) >= AT_ONCE:
            self._count()

    def _count(self) -> None:
        with suppress(IndexError):  # it is empty; another thread may empty it, too
            while True:
                kind, lane, seconds, late = self._turned.popleft()
                self._by_kind[kind].inc()
                self._by_lane[lane].observe(seconds)
                if late is not None:
                    self._late.observe(late)
        with suppress(IndexError):
            while True:
                self._heard.observe(self._kept.popleft())


def kind_of(event: Event) -> str:
    """What happened, in a word of ours."""
    return KINDS[type(event.deed if isinstance(event, Incoming) else event)]


class _Page(Collector):
    """What was counted, and what is so now."""

    def __init__(self, registry: CollectorRegistry, now: Now) -> None:
        self._registry = registry
        self._now = now

    def collect(self) -> Iterator[Metric]:
        """Everything; since when something is counted, which the library tells of each, is left out."""
        for metric in self._registry.collect():
            metric.samples = [sample for sample in metric.samples if not sample.name.endswith("_created")]
            yield metric
        now = self._now
        yield CounterMetricFamily("leeway_turns_failed", "Turns that raised.", value=now.failed)
        yield from _outbox(now)
        sends = CounterMetricFamily("leeway_sends", "Tries to send, by how they ended.", labels=["platform", "end"])
        for platform, ends in now.ends.items():
            for end, count in ends.items():
                sends.add_metric([platform, end], count)
        yield sends
        heard = GaugeMetricFamily("leeway_hears", "Whether a platform is heard (1) or not (0).", labels=["platform"])
        for platform, hears in now.hears.items():
            heard.add_metric([platform], hears)
        yield heard


def _outbox(now: Now) -> Iterator[Metric]:
    rows = GaugeMetricFamily("leeway_outbox", "Rows of the outbox.", labels=["state", "lane"])
    waits = GaugeMetricFamily(
        "leeway_outbox_wait_seconds", "For how long what may go has waited, at most.", labels=["lane"]
    )
    for line in now.lines:
        rows.add_metric([line.state, line.lane], line.rows)
        if line.state == "waiting":
            waits.add_metric([line.lane], max(now.at - line.since, 0))
    yield rows
    yield waits
