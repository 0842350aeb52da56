"""What is kept is read again after a while, and an error is not kept."""

import asyncio

import pytest

from toban.web.keeping import kept


def test_it_is_read_once_in_a_while() -> None:
    moments, read = iter([0.0, 14.9, 15.1, 15.1]), iter(["old", "new"])

    async def story() -> list[str]:
        found = kept(lambda: next(read), 15, lambda: next(moments))
        return [await found() for _ in range(3)]

    assert asyncio.run(story()) == ["old", "old", "new"]


def test_an_error_is_raised_and_the_next_reads_again() -> None:
    answers = iter([OSError("away"), "there"])

    def read() -> str:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    async def story() -> str:
        found = kept(read)
        with pytest.raises(OSError, match="away"):
            await found()
        return await found()

    assert asyncio.run(story()) == "there"
