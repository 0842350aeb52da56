"""The page about the pages names every parameter, every choice and every answer that there is."""

from pathlib import Path

import pytest

from toban.clients.insights.incidents import KINDS, ORDERS
from toban.domain.insights.buckets import MOST
from toban.domain.runbooks.coverage import GapKind
from toban.locale import LANGUAGES, language
from toban.web.insights import definitions, incidents, tables
from toban.web.insights.addresses import FILTERS
from toban.web.insights.filters import COMPARISONS, PERIODS, UNITS
from toban.wiring.insights import PERSONS

DOCS = Path(__file__).parents[1] / "docs"
OWN = {
    "q",
    "weekday",
    "hour",
    "sort",
    "page",
    "only",
    "uncounted",
    "lang",
    "template",
    "runbook",
    "gap",
    PERSONS,
}
NAMES = {*FILTERS, *GapKind, *KINDS, *ORDERS, *COMPARISONS, *PERIODS, *UNITS, *OWN}


def page(code: str) -> str:
    return (DOCS / code / "insights.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_parameter_and_choice_is_documented(code: str) -> None:
    assert not {name for name in NAMES if f"`{name}`" not in page(code)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_table_is_called_as_in_the_navigation(code: str) -> None:
    say = language(code)
    assert not [table.path for table in tables.TABLES if table.title(say) not in page(code)]


def test_limits_are_those_of_the_code() -> None:
    assert f"more than {MOST} points" in page("en")
    assert f"{MOST} 点を超える" in page("ja")


def test_every_choice_has_words_in_both_languages() -> None:
    english, japanese = language("en"), language("ja")
    for words in (incidents.kinds, incidents.orders):
        assert not set(words(english).values()) & set(words(japanese).values())
    assert definitions.definitions(english).keys() == definitions.definitions(japanese).keys()
