import csv
import io
import json
from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest

from toban.cli.output import print_rows

TITLE = "[prod] disk full [/dev/sda] :warning:"


@pytest.fixture
def printed(capsys):
    def printed(columns, rows, style):
        print_rows(columns, rows, style)
        return capsys.readouterr().out

    return printed


def test_brackets_in_a_title_are_no_markup(printed):
    assert TITLE in printed(["[title]"], [[TITLE]], "table")
    assert "[title]" in printed(["[title]"], [[TITLE]], "table")


def test_a_title_cannot_steer_the_terminal(printed):
    table = printed(["title"], [["\x1b]0;owned\x07\x9b31mred\ttab"]], "table")
    assert "\\x1b]0;owned\\x07\\x9b31mred" in table
    assert "\x1b" not in table


def test_columns_of_the_same_name_are_told_apart_in_json(printed):
    (row,) = json.loads(printed(["id", "id", "id_1", "id"], [[1, 2, 3, 4]], "json"))
    assert row == {"id": 1, "id_1": 2, "id_1_1": 3, "id_2": 4}


def test_an_integer_beyond_64_bits_is_a_text_in_json(printed):
    rows = [[2**127 - 1, [-(2**63), {"deep": 2**64}]]]
    (row,) = json.loads(printed(["big", "nested"], rows, "json"))
    assert row == {"big": str(2**127 - 1), "nested": [-(2**63), {"deep": str(2**64)}]}


@pytest.mark.parametrize("style", ["json", "csv", "table"])
def test_a_clock_time_keeps_its_zone(printed, style):
    clock = time(10, tzinfo=timezone(timedelta(hours=9)))
    assert "10:00:00+09:00" in printed(["clock"], [[clock]], style)


def test_csv_keeps_what_json_writes_and_every_digit(printed):
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    row = [True, Decimal("12345678901234567.80"), moment, b"\x00\xff", ["a", None], timedelta(hours=1), None]
    _, values = csv.reader(io.StringIO(printed([str(n) for n in range(7)], [row], "csv")))
    assert values == [
        "true", "12345678901234567.80", "2026-03-01T00:00:00Z", "00ff", '["a",null]', "3600.0", "",
    ]  # fmt: skip


def test_a_narrow_terminal_cuts_no_number(monkeypatch, printed):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    columns = ["service", *(f"mtta_p{n}_s" for n in range(5))]
    lines = printed(columns, [["a service with a long name", *[1234567.5] * 5]], "table").splitlines()
    assert lines[1].count("mtta_p") == 5
    assert sum(line.count("1,234,567.5") for line in lines) == 5
