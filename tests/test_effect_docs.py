"""What the pages say of the comparison before and since a day is what the code does."""

import re
from pathlib import Path

import pytest

from toban.cli.effect import COLUMNS
from toban.domain.effect.estimate import FEWEST, FEWEST_OCCASIONS, LONGEST_S
from toban.domain.effect.interval import FEWEST_DRAWS, FORTIETH, MOST_DRAWS
from toban.domain.effect.nouns import SOON_S, Verdict
from toban.jobs.compare_effect import USUAL_MINUTE

DOCS = Path(__file__).parents[1] / "docs"
TITLES = {"en": "## Did it help?", "ja": "## 効果はあったか"}


def section(language):
    text = (DOCS / language / "metrics.md").read_text(encoding="utf-8")
    return text.partition(TITLES[language])[2].partition("\n## ")[0]


@pytest.mark.parametrize("language", TITLES)
def test_every_verdict_is_explained(language):
    named = re.findall(
        r"`([a-z ]+)`", "".join(re.findall(r"^\| (`[^|]+) \|", section(language), re.MULTILINE))
    )
    assert sorted(named) == sorted(["verdict", *(each.value for each in Verdict)])


@pytest.mark.parametrize("language", TITLES)
def test_the_columns_that_count_and_measure_are_explained(language):
    sides = [name for name in COLUMNS if not re.search(r"low|high|^n$|period", name)]
    assert not [name for name in sides if f"`{name}`" not in section(language)]


@pytest.mark.parametrize("language", TITLES)
def test_the_numbers_are_those_of_the_code(language):
    told = {int(number.replace(",", "")) for number in re.findall(r"\d+(?:,\d{3})*", section(language))}
    interval = round(100 - 200 / FORTIETH)
    hours, minutes = round(LONGEST_S / 3600), round(SOON_S / 60)
    assert told == {
        FEWEST, FEWEST_OCCASIONS, MOST_DRAWS, FEWEST_DRAWS, interval, hours, minutes, SOON_S, USUAL_MINUTE, 0
    } - ({0} if language == "en" else set())  # fmt: skip
