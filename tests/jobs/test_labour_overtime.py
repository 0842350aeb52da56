"""Attendance and call-outs together: overtime, rounded totals, and CSV as another system wants it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from jobs.test_labour_report import SETTINGS
from labour_warehouse import add
from toban.cli import main
from toban.clients.warehouse import Warehouse

PEOPLE = "pagerduty_id,employee_number,legal_name\nU1,0012,田中 愛子\nU2,0013,伊藤 勉\n"
WEDNESDAY = "employee_number,date,start,end,break_minutes\n0012,2026-11-25,09:00,18:00,60\n"
MAPPED = (
    SETTINGS.replace("call_out = 500", "call_out = 500, hourly = 2000")
    + """
rules.rounding = { step_minutes = 60, up_from_minutes = 30 }

[teams.labour.csv]
time = "h:mm"
columns = [
    { heading = "社員番号", value = "employee_number" },
    { heading = "対象月", value = "month" },
    { heading = "深夜対応", value = "response_workday_night" },
    { heading = "深夜対応(丸め)", value = "response_workday_night", rounded = true },
    { heading = "時間外", value = "overtime" },
    { heading = "呼び出し手当", value = "call_out_fees" },
]
"""
)

TWICE = """[teams.labour.csv]
columns = [{ heading = "x", value = "calls" }, { heading = "x", value = "name" }]
"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """U1 called on Wednesday the 25th from 01:00, for 40 minutes; U2 called on the 24th, unanswered."""
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        writer.merge("users", [{"id": "U1", "name": "Aiko"}, {"id": "U2", "name": "Ben"}])
        writer.merge("services", [{"id": "S1", "name": "shop"}])
        add(writer, "Q1", "S1", "disk full", [
            ("notify", "2026-11-25T01:00:00", {"user_id": "U1", "notification_type": "phone"}),
            ("acknowledge", "2026-11-25T01:02:00", {"agent_type": "user", "agent_id": "U1"}),
            ("resolve", "2026-11-25T01:30:00", {"agent_type": "user", "agent_id": "U1"}),
        ])  # fmt: skip
        add(writer, "Q2", "S1", "queue long", [
            ("notify", "2026-11-24T14:00:00", {"user_id": "U2", "notification_type": "sms"}),
        ])  # fmt: skip
        writer.rebuild_models()
        writer.publish()
    return directory


def run(
    directory: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, settings: str, attendance: str | None
) -> Any:
    """The command, with files in ``folder``."""
    (folder / "toban.toml").write_text(settings, encoding="utf-8")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.setenv("TOBAN_SETTINGS", str(folder / "toban.toml"))
    monkeypatch.setenv("TOBAN_LEDGER_URL", f"sqlite:///{folder / 'ledger.db'}")
    given = [
        "--people",
        str(folder / "people.csv"),
        "--excel",
        str(folder / "m.xlsx"),
        "--csv",
        str(folder / "m.csv"),
    ]
    if attendance is not None:
        (folder / "attendance.csv").write_text(attendance, encoding="utf-8")
        given += ["--attendance", str(folder / "attendance.csv")]
    arguments = ["labour", "report", "--team", "pay", "--month", "2026-11", "--warehouse", str(directory)]
    return CliRunner().invoke(main, arguments + given)


def lines(folder: Path, sheet: str) -> Sequence[Mapping[str, Any]]:
    heading, *rows = openpyxl.load_workbook(folder / "m.xlsx")[sheet].values
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def year_up_to(row: str) -> str:
    """A line without times in each month that the limits look at."""
    return "".join(row.format(month=month) for month in range(3, 11))


def test_a_call_by_night_and_a_full_day_are_overtime(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = year_up_to("0012,2026-{month:02}-15,,,\n")
    result = run(directory, tmp_path, monkeypatch, MAPPED, WEDNESDAY + earlier)
    assert (result.exit_code, result.stdout) == (0, "2 people, 2026-11-01 to 2026-11-30. No legal advice.\n")
    aiko = lines(tmp_path, "Overtime")[0]
    assert aiko == {
        "Employee number": "0012",
        "Name": "田中 愛子",
        "Days attended": 1,
        "Worked (minutes)": 520,
        "Worked (minutes), rounded to hours": 9,
        "Within legal hours (minutes)": 480,
        "Within legal hours (minutes), rounded to hours": 8,
        "Overtime up to 60 h (minutes)": 40,
        "Overtime up to 60 h (minutes), rounded to hours": 1,
        "Overtime beyond 60 h (minutes)": 0,
        "Overtime beyond 60 h (minutes), rounded to hours": 0,
        "Legal holiday work (minutes)": 0,
        "Legal holiday work (minutes), rounded to hours": 0,
        "Night work (minutes)": 40,
        "Night work (minutes), rounded to hours": 1,
        "Overtime of the month, hours (limit 45)": pytest.approx(40 / 60),
        "Overtime of the year, hours (limit 360)": pytest.approx(40 / 60),
        "Month with holiday work, hours (limit 100)": pytest.approx(40 / 60),
        "Highest mean of 2 to 6 months, hours (limit 80)": pytest.approx(20 / 60),
        "Overtime of the year by special clause, hours (limit 720)": pytest.approx(40 / 60),
        "Months of the year beyond the month's limit (limit 6)": 0,
        "Limits passed": None,
        "No attendance for": None,
        "Overtime pay with premium": pytest.approx(2_000 * 1.25 * 40 / 60),
        "Long overtime pay with premium": 0,
        "Holiday pay with premium": 0,
        "Night premium": pytest.approx(2_000 * 0.25 * 40 / 60),
    }


def test_who_is_not_in_the_attendance_is_not_computed_and_missing_months_are_named(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(directory, tmp_path, monkeypatch, SETTINGS, WEDNESDAY + "99,2026-11-25,,,\n")
    aiko, ben = lines(tmp_path, "Overtime")
    assert aiko["Overtime of the month, hours (limit 45)"] == pytest.approx(40 / 60)
    assert aiko["Overtime of the year, hours (limit 360)"] == "not computed"
    earlier = "2026-04, 2026-05, 2026-06, 2026-07, 2026-08, 2026-09, 2026-10"
    assert aiko["No attendance for"] == earlier
    assert ben["Worked (minutes)"] == ben["Night work (minutes)"] == "not computed"
    assert ben["Overtime of the month, hours (limit 45)"] == "not computed"
    assert ben["No attendance for"] == f"{earlier}, 2026-11"
    assert 0 not in {value for name, value in ben.items() if name != "Days attended"}


def test_people_of_the_file_who_are_unknown_are_counted_beside_the_result(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = run(directory, tmp_path, monkeypatch, SETTINGS, WEDNESDAY + "99,2026-11-25,,,\n")
    assert "Attendance left out: the people file lacks 1 of its employee numbers.\n" in result.stderr


def test_sums_of_days_are_refused_until_it_is_said_whether_they_hold_the_calls(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sums = "pagerduty_id,date,minutes\nU1,2026-11-25,500\n"
    result = run(directory, tmp_path, monkeypatch, SETTINGS, sums)
    assert result.exit_code == 2
    assert "teams.pay.labour.attendance.sums_hold_call_outs" in result.stderr
    held = SETTINGS + "\n[teams.labour.attendance]\nsums_hold_call_outs = true\n"
    assert run(directory, tmp_path, monkeypatch, held, sums).exit_code == 0
    assert lines(tmp_path, "Overtime")[0]["Worked (minutes)"] == 500


def test_csv_has_the_columns_and_the_unit_that_the_team_says(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(directory, tmp_path, monkeypatch, MAPPED, WEDNESDAY)
    assert (tmp_path / "m.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "社員番号,対象月,深夜対応,深夜対応(丸め),時間外,呼び出し手当",
        "0012,2026-11,0:40,1:00,0:40,500.0",
        "0013,2026-11,0:00,0:00,,500.0",
    ]


def test_without_attendance_the_csv_leaves_overtime_empty_and_there_is_no_sheet_of_it(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(directory, tmp_path, monkeypatch, MAPPED, None)
    assert "0012,2026-11,0:40,1:00,,500.0" in (tmp_path / "m.csv").read_text(encoding="utf-8-sig")
    assert openpyxl.load_workbook(tmp_path / "m.xlsx").sheetnames == [
        "Month",
        "Call-outs",
        "Rules",
        "Confirmation",
    ]
    month = lines(tmp_path, "Month")[0]
    assert (
        month["Minutes at night, working day"],
        month["Minutes at night, working day, rounded to hours"],
    ) == (40, 1)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('[teams.labour.csv]\ncolumns = [{ heading = "x", value = "salary" }]', "salary"),
        (
            '[teams.labour.csv]\ncolumns = [{ heading = "x", value = "calls", rounded = true }]',
            "calls is no time, so it cannot be rounded",
        ),
        (
            TWICE,
            "the heading 'x' is given twice",
        ),
        (
            '[teams.labour.csv]\ncolumns = [{ heading = "x", value = "response", rounded = true }]',
            "labour.csv: 'x' is to be rounded, but the rules have no rounding.",
        ),
        ("rules.rounding = { step_minutes = 15, up_from_minutes = 30 }", "up_from_minutes must not be more"),
        ('[teams.labour.attendance.columns]\nstart = "x"\nend = "x"', "'x' is given for two columns"),
    ],
)  # fmt: skip
def test_columns_and_roundings_that_cannot_be_are_one_sentence(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, sentence: str
) -> None:
    result = run(directory, tmp_path, monkeypatch, f"{SETTINGS}\n{more}\n", None)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


def test_the_limits_reach_over_the_year_of_call_outs(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty-six hours of overtime in each month from April on, and nothing else."""
    first = [date(2026, month, 1) for month in range(4, 12)]
    mondays = [one + timedelta(days=-one.weekday() % 7 + 7) for one in first]
    days = [monday + timedelta(days=n) for monday in mondays for n in range(4)]
    rows = "".join(f"U1,{day},{8 * 60 + 690},0\n" for day in days) + "U1,2026-03-31,0,0\n"
    held = SETTINGS + "\n[teams.labour.attendance]\nsums_hold_call_outs = true\n"
    run(directory, tmp_path, monkeypatch, held, "pagerduty_id,date,minutes,night_minutes\n" + rows)
    aiko = lines(tmp_path, "Overtime")[0]
    assert aiko["Overtime of the year, hours (limit 360)"] == 8 * 46
    assert aiko["Months of the year beyond the month's limit (limit 6)"] == 8
    assert aiko["Limits passed"] == (
        "Overtime of the month, hours (limit 45); Overtime of the year, hours (limit 360);"
        " Months of the year beyond the month's limit (limit 6)"
    )
