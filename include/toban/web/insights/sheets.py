"""A table as a person reads it: a page shows it, and a picture of it goes into slides and chats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cell:
    """``tone`` (good, warn, bad) makes it a badge; ``note`` stands smaller behind it."""

    text: str
    tone: str = ""
    note: str = ""


@dataclass(frozen=True)
class Heading:
    """The name of a column; numbers stand on the right."""

    label: str
    number: bool = False


@dataclass(frozen=True)
class Sheet:
    """``beside`` says what the rows are of, such as their period; ``total`` how many there are in all."""

    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]
    beside: str = ""
    total: int | None = None


def headings(labels: Iterable[str], numbers: Iterable[int] = ()) -> list[Heading]:
    """Headings of these labels; ``numbers`` are the places of columns of numbers, 0 the first."""
    right = set(numbers)
    return [Heading(label, place in right) for place, label in enumerate(labels)]


def cells(*texts: str | Cell) -> list[Cell]:
    """A row; what is no cell yet is a text."""
    return [text if isinstance(text, Cell) else Cell(text) for text in texts]
