"""Documentation that goes red: what exists is documented, in both languages, and links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from toban import errors
from toban.cli import COMMANDS, main

ROOT = Path(__file__).parents[1]
LANGUAGES = ("en", "ja")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
TEAM_PART = re.compile(r"\{team\.id\}")


def page(language: str, name: str) -> str:
    return (ROOT / "docs" / language / f"{name}.md").read_text(encoding="utf-8")


def commands(group: click.Group, prefix: str = "toban") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_and_option_is_documented(language: str) -> None:
    text = page(language, "commands")
    missing = []
    for name, command in commands(main):
        section = text.split(f"## `{name}`")[-1].split("\n## ")[0] if f"## `{name}`" in text else ""
        missing += [name] if not section else []
        options = [p.opts[-1] for p in command.params if isinstance(p, click.Option)]
        missing += [f"{name} {option}" for option in options if f"`{option}" not in section]
    assert not missing


def test_every_command_has_help_in_the_list() -> None:
    assert {name.split()[1] for name, _ in commands(main)} == set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dag_is_documented(language: str) -> None:
    text = page(language, "operation")
    named = [
        TEAM_PART.sub("<team>", found)
        for path in (ROOT / "dags").glob("*.py")
        for found in re.findall(r'dag_id=f?"([^"]+)"', path.read_text(encoding="utf-8"))
    ]
    assert len(named) == len(list((ROOT / "dags").glob("*.py")))
    assert not [dag_id for dag_id in named if f"`{dag_id}`" not in text]


def test_every_error_stands_in_the_tree() -> None:
    drawn = errors.__doc__ or ""
    classes = [name for name, thing in vars(errors).items() if isinstance(thing, type)]
    assert not [name for name in classes if name not in drawn]


def test_the_same_pages_exist_in_both_languages() -> None:
    names = {language: {p.name for p in (ROOT / "docs" / language).glob("*.md")} for language in LANGUAGES}
    assert names["en"] == names["ja"]


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "docs" / "en").glob("*.md")))
def test_both_languages_have_the_same_sections(name: str) -> None:
    counts = {
        language: len(re.findall(r"^#+ ", page(language, name), re.MULTILINE)) for language in LANGUAGES
    }
    assert counts["en"] == counts["ja"]


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]), ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert not [link for link in links if not (path.parent / link).exists()]


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "en").glob("*.md")), ids=lambda p: p.name)
def test_english_pages_hold_no_japanese(path: Path) -> None:
    assert not re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]+", path.read_text(encoding="utf-8"))
