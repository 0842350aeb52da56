"""A drawing becomes a picture in a process of its own, so that nobody else has to wait for it."""

import threading
import time

import pytest

from toban.clients import pictures
from toban.clients.charts import picture as in_this_process
from toban.clients.pictures import picture
from toban.errors import PictureFailed

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20" width="90" height="20">'
    '<text x="2" y="14" font-family="IPAexGothic" font-size="12">当番 on-call</text></svg>'
)


def test_the_picture_is_the_same_as_one_drawn_here() -> None:
    assert picture(DRAWING) == in_this_process(DRAWING)


@pytest.mark.parametrize("drawing", ["", "<svg", "<html></html>", "\ufffe"])
def test_what_is_no_drawing_is_said_to_be_none(drawing: str) -> None:
    with pytest.raises(PictureFailed, match="could not be drawn"):
        picture(drawing)


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "DEADLINE_S", 0.01)
    with pytest.raises(PictureFailed, match="was not drawn within"):
        picture(DRAWING)


def test_no_more_are_drawn_at_once_than_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "AT_ONCE", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pictures, "DEADLINE_S", 0.01)
    with pictures.AT_ONCE, pytest.raises(PictureFailed, match="Other pictures"):
        picture(DRAWING)


def test_other_threads_run_while_one_is_drawn() -> None:
    rows = "".join(f'<text x="{n % 8 * 90}" y="{n // 8 * 20}">{n} x</text>' for n in range(400))
    beats, over = [], threading.Event()

    def beat() -> None:
        while not over.wait(0.001):
            beats.append(time.perf_counter())

    thread = threading.Thread(target=beat)
    thread.start()
    picture(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 1000">{rows}</svg>')
    over.set()
    thread.join()
    assert len(beats) > 20  # one drawn here lets none through


def test_who_comes_when_many_wait_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "WAITING", threading.BoundedSemaphore(1))
    with pictures.WAITING, pytest.raises(PictureFailed, match="ask again in a minute"):
        picture(DRAWING)
    assert picture(DRAWING)
