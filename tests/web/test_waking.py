"""A run that begins later exists for certain, however many ask at once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from time import monotonic

import pytest

from toban.web.waking import ATTEMPTS, AsyncWake, Look, Wake, gathered, wake_through


@dataclass
class Book:
    """Runs by id: "queued", "running" or "done"."""

    runs: dict[str, str] = field(default_factory=dict)
    is_unfit: bool = False
    before_create: Callable[["Book", str], None] = lambda _book, _run_id: None

    def look(self) -> Look:
        if self.is_unfit:
            return "unfit"
        return "queued" if "queued" in self.runs.values() else "none"

    def create(self, run_id: str) -> bool:
        self.before_create(self, run_id)
        if run_id in self.runs:
            return False
        self.runs[run_id] = "queued"
        return True


def at(second: float) -> Callable[[], float]:
    return lambda: second


def test_a_wake_up_queues_a_run() -> None:
    book = Book()
    assert wake_through(book, at(7.9))
    assert book.runs == {"webhook__7_0": "queued"}


def test_a_queued_run_makes_another_needless() -> None:
    book = Book({"scheduled__x": "queued"})
    assert wake_through(book, at(7))
    assert list(book.runs) == ["scheduled__x"]


def test_a_running_run_does_not_count_also_within_the_same_second() -> None:
    book = Book({"webhook__7_0": "running", "webhook__7_1": "done"})
    assert wake_through(book, at(7.5))
    assert book.runs["webhook__7_2"] == "queued"


def test_a_paused_or_unknown_dag_is_not_woken() -> None:
    book = Book(is_unfit=True)
    assert not wake_through(book, at(7))
    assert book.runs == {}


def test_a_run_that_another_server_made_in_between_counts_while_it_is_queued() -> None:
    def another(book: Book, run_id: str) -> None:
        book.runs[run_id] = "queued"

    book = Book(before_create=another)
    assert wake_through(book, at(7))
    assert book.runs == {"webhook__7_0": "queued"}


def test_a_run_that_another_server_made_and_that_has_begun_does_not_count() -> None:
    def another(book: Book, _run_id: str) -> None:
        book.runs.setdefault("webhook__7_0", "running")

    book = Book(before_create=another)
    assert wake_through(book, at(7))
    assert book.runs == {"webhook__7_0": "running", "webhook__7_1": "queued"}


def test_when_every_id_is_taken_the_sender_must_come_again() -> None:
    book = Book({f"webhook__7_{n}": "done" for n in range(ATTEMPTS)})
    assert not wake_through(book, at(7))


@dataclass
class Held:
    """A wake that waits until it is let go, and notes when each call began."""

    let_go: Event = field(default_factory=Event)
    began: list[float] = field(default_factory=list)

    def __call__(self) -> bool:
        self.began.append(monotonic())
        return self.let_go.wait(10)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.001)


def test_a_hundred_who_ask_during_a_call_are_answered_by_one_more() -> None:
    held = Held()

    async def storm() -> list[bool]:
        wake = gathered(held)
        first = asyncio.create_task(_asked(wake))
        await until(lambda: len(held.began) == 1)
        others = [asyncio.create_task(_asked(wake)) for _ in range(100)]
        await asyncio.sleep(0.01)
        held.let_go.set()
        return [await each for each in (first, *others)]

    assert asyncio.run(storm()) == [True] * 101
    assert len(held.began) == 2


async def _asked(wake: AsyncWake) -> bool:
    return await wake()


def test_nobody_is_answered_by_a_call_that_began_before_they_asked() -> None:
    began: list[float] = []

    def note() -> bool:
        began.append(monotonic())
        return True

    async def ask(wake: AsyncWake, wait_s: float) -> tuple[float, float]:
        await asyncio.sleep(wait_s)
        asked = monotonic()
        assert await wake()
        return asked, monotonic()

    async def many() -> list[tuple[float, float]]:
        wake = gathered(note)
        return await asyncio.gather(*(ask(wake, n / 20_000) for n in range(1_000)))

    answers = asyncio.run(many())
    assert all(any(asked <= call <= answered for call in began) for asked, answered in answers)
    assert 1 < len(began) < len(answers)


def test_who_waits_too_long_must_come_again_and_the_next_are_served() -> None:
    held = Held()

    async def story() -> list[bool]:
        wake = gathered(held, patience_s=0.05)
        given_up = [await wake(), await wake()]
        held.let_go.set()
        await asyncio.sleep(0.05)
        return [*given_up, await wake()]

    assert asyncio.run(story()) == [False, False, True]


def test_an_error_reaches_who_waited_and_nobody_after() -> None:
    calls: list[Wake] = [_fail, lambda: True]

    def call_next() -> bool:
        return calls.pop(0)()

    async def story() -> bool:
        wake = gathered(call_next)
        with pytest.raises(OSError, match="database"):
            await wake()
        return await wake()

    assert asyncio.run(story())


def _fail() -> bool:
    raise OSError("database")
