"""SQL is kept in files beside the package; this is where they are found and read."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

SQL = files("toban").joinpath("sql")


@cache
def sql_text(name: str) -> str:
    """The text of one file under toban/sql, such as ``queries/metrics.sql``."""
    return SQL.joinpath(name).read_text(encoding="utf-8")


def sql_files(folder: str) -> Iterator[tuple[str, str]]:
    """(name without ending, text) of every SQL file directly in that folder, by name."""
    found: list[Traversable] = sorted(SQL.joinpath(folder).iterdir(), key=lambda file: file.name)
    for file in found:
        if file.name.endswith(".sql"):
            yield file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")


def first_line(text: str) -> str:
    """What a file says about itself: its first line, without the dashes."""
    return text.partition("\n")[0].removeprefix("--").strip()


def one_line(error: Exception) -> str:
    """What an error says, without line breaks, and without the place in the SQL that DuckDB draws."""
    return " ".join(str(error).split("\n\nLINE")[0].split())


def literal(text: str) -> str:
    """A text as an SQL literal, for the places where a value cannot be bound (comments, views)."""
    return "'" + text.replace("'", "''") + "'"


def filled(text: str, **literals: str) -> str:
    """A text with its ``$fragments``, then the literals in place; other ``$names`` stay, to be bound."""
    return Template(Template(text).safe_substitute(_fragments())).safe_substitute(literals)


@cache
def _fragments() -> Mapping[str, str]:
    """By name; a fragment may hold others, which hold none."""
    texts = dict(sql_files("fragments"))
    return {name: Template(text).safe_substitute(texts) for name, text in texts.items()}
