"""Everything a person reads exists in Japanese and English, and neither leaks into the other."""

import ast
import re
import string
from datetime import datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from toban.errors import SettingsError
from toban.locale import language

PACKAGE = Path(__file__).parents[1] / "include" / "toban"
SPOKEN = ("domain", "jobs", "clients", "cli", "web")
CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
TEMPLATE_CALL = re.compile(r"say\.(?:text|count)\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')")


def spoken_in_python() -> dict[str, str]:
    """Each msgid in the source with the file that says it; a msgid that is no literal is a failure."""
    found: dict[str, str] = {}
    for folder in SPOKEN:
        for path in (PACKAGE / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if is_saying(node):
                    for text in literals(node.args[0], path):
                        found[text] = str(path.relative_to(PACKAGE))
    return found


def is_saying(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"text", "count"}
        and isinstance(node.func.value, (ast.Name, ast.Attribute))
        and (node.func.value.id if isinstance(node.func.value, ast.Name) else node.func.value.attr).strip("_")
        == "say"
    )


def literals(node: ast.expr, path: Path) -> list[str]:
    if isinstance(node, ast.IfExp):
        return literals(node.body, path) + literals(node.orelse, path)
    assert isinstance(node, ast.Constant), (
        f"{path}:{node.lineno}: a text must be written out to be translated"
    )
    assert isinstance(node.value, str)
    return [node.value]


def spoken_in_templates() -> dict[str, str]:
    return {
        ast.literal_eval(quoted): str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.html*")
        if "sandbox" not in path.parts
        for quoted in TEMPLATE_CALL.findall(path.read_text(encoding="utf-8"))
    }


def spoken() -> dict[str, str]:
    return spoken_in_python() | spoken_in_templates()


def catalogue() -> dict[str, str]:
    found = {}
    for path in sorted((PACKAGE / "locale" / "ja").glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale="ja"):
                if message.id:
                    msgid = message.id if isinstance(message.id, str) else message.id[0]
                    text = message.string if isinstance(message.string, str) else message.string[0]
                    assert found.get(msgid, text) == text, f"{msgid!r} is translated twice, differently"
                    found[msgid] = text
    return found


def test_every_text_is_translated() -> None:
    missing = {text: place for text, place in spoken().items() if not catalogue().get(text)}
    assert not missing


def test_no_translation_is_left_over() -> None:
    assert not set(catalogue()) - set(spoken())


def test_english_holds_no_japanese() -> None:
    assert not {text: place for text, place in spoken().items() if CJK.search(text)}


def test_a_translation_fills_in_the_same_names() -> None:
    def names(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    different = {msgid: text for msgid, text in catalogue().items() if names(text) - names(msgid)}
    assert not different


def test_moments_read_as_each_language_writes_them() -> None:
    moment = datetime(2026, 11, 23, 9, 5)  # noqa: DTZ001 - already local, as the Language protocol asks
    assert language("en").moment(moment) == "Mon 23 Nov 09:05"
    assert language("ja").moment(moment) == "11月23日(月) 09:05"


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [
        (0, "0 s", "0秒"),
        (45, "45 s", "45秒"),
        (59.6, "1 min", "1分"),
        (270, "4 min 30 s", "4分30秒"),
        (3600, "1 h", "1時間"),
        (3601, "1 h", "1時間"),
        (7500, "2 h 5 min", "2時間5分"),
        (90_000, "1 d 1 h", "1日1時間"),
        (86_400, "1 d", "1日"),
        (-60, "-1 min", "-1分"),
        (None, "–", "–"),
    ],
)
def test_a_duration_is_two_units_at_most(seconds: float | None, english: str, japanese: str) -> None:
    assert language("en").duration(seconds) == english
    assert language("ja").duration(seconds) == japanese


@given(st.integers(min_value=0, max_value=10**8))
def test_a_duration_never_exceeds_the_truth_and_misses_less_than_its_second_unit(seconds: int) -> None:
    units = {"d": 86_400, "h": 3600, "min": 60, "s": 1}
    words = language("en").duration(seconds).split()
    said = sum(int(amount) * units[unit] for amount, unit in zip(words[::2], words[1::2], strict=True))
    assert 0 <= seconds - said < 3600 if seconds >= 86_400 else 0 <= seconds - said < 60


def test_an_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(SettingsError, match="'fr'"):
        language("fr")
