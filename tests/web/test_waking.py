"""A run that begins later exists for certain, however many ask at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic

import pytest

from toban.web.waking import ATTEMPTS, Look, Wake, gathered, wake_through


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
class Slow:
    """A wake that can be held, and says when each call began."""

    hold: Event = field(default_factory=Event)
    began: list[float] = field(default_factory=list)
    first_began: Event = field(default_factory=Event)

    def __call__(self) -> bool:
        self.began.append(monotonic())
        self.first_began.set()
        assert self.hold.wait(10)
        return True


def test_a_hundred_who_ask_during_a_call_are_answered_by_one_more() -> None:
    slow = Slow()
    wake = gathered(slow)
    asked: list[float] = []
    gate = Lock()

    def ask() -> bool:
        with gate:
            asked.append(monotonic())
        return wake()

    with ThreadPoolExecutor(101) as pool:
        first = pool.submit(wake)
        assert slow.first_began.wait(10)
        others = [pool.submit(ask) for _ in range(100)]
        while len(asked) < 100:
            pass
        slow.hold.set()
        assert first.result(10)
        assert all(other.result(10) for other in others)
    # A thread may reach the entrance only after the call that the others share has begun: then one more.
    assert 2 <= len(slow.began) <= 3


def test_nobody_is_answered_by_a_call_that_began_before_they_asked() -> None:
    began: list[float] = []

    def note() -> bool:
        began.append(monotonic())
        return True

    wake = gathered(note)

    def ask(_: int) -> tuple[float, float]:
        asked = monotonic()
        assert wake()
        return asked, monotonic()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(ask, range(2_000)))
    assert all(any(asked <= call <= answered for call in began) for asked, answered in answers)
    assert len(began) <= len(answers)


def test_who_waits_too_long_must_come_again_and_the_next_are_served() -> None:
    slow = Slow()
    wake = gathered(slow, patience_s=0.05)
    with ThreadPoolExecutor(2) as pool:
        stuck = pool.submit(wake)
        assert slow.first_began.wait(10)
        assert not wake()
        slow.hold.set()
        assert stuck.result(10)
    assert wake()


def test_an_error_reaches_everyone_who_waited_and_nobody_after() -> None:
    calls: list[Wake] = [_fail, lambda: True]

    def call_next() -> bool:
        return calls.pop(0)()

    wake = gathered(call_next)
    with pytest.raises(OSError, match="database"):
        wake()
    assert wake()


def _fail() -> bool:
    raise OSError("database")
