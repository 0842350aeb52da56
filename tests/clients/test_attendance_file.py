"""The attendance file, as companies export it, and as nobody should."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from toban.clients.attendance_file import Attendance, read_attendance
from toban.clients.people_file import Employee
from toban.domain.labour.attendance import Clocked, Counted
from toban.errors import UsageError
from toban.settings.labour_hours import AttendanceColumns

NAMES = AttendanceColumns()
PEOPLE = {"PAIKO": Employee("0012", "田中 愛子"), "PBEN": Employee("0013", "Ito")}
CLOCKS = "employee_number,date,start,end,break_minutes\n"
SUMS = "pagerduty_id,date,minutes,night_minutes\n"
DAY = date(2026, 11, 25)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def read(
    tmp_path: Path, text: str, columns: AttendanceColumns = NAMES, encoding: str = "utf-8"
) -> Attendance:
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode(encoding))
    return read_attendance([path], columns, PEOPLE)


def test_times_of_day_with_a_break(tmp_path: Path) -> None:
    found = read(tmp_path, CLOCKS + "0012,2026-11-25,9:00,18:30,60\n0013,2026/11/5,09:00:00,10:00,\n")
    assert found.by_person == {
        "PAIKO": (Clocked(DAY, hours(9), hours(18.5), hours(1)),),
        "PBEN": (Clocked(date(2026, 11, 5), hours(9), hours(10)),),
    }


@pytest.mark.parametrize("end", ["06:00", "30:00"])
def test_a_night_may_end_in_either_way(tmp_path: Path, end: str) -> None:
    found = read(tmp_path, CLOCKS + f"0012,2026-11-25,22:00,{end},1:00\n")
    assert found.by_person["PAIKO"] == (Clocked(DAY, hours(22), hours(30), hours(1)),)


def test_sums_of_days_and_days_on_which_nothing_was_worked(tmp_path: Path) -> None:
    rows = "PX,2026-11-25,480,30\nPX,2026-11-26,7:30,\nPX,2026-11-27,,\nPX,2026-11-28,0,\n,,,\n"
    assert read(tmp_path, SUMS + rows).by_person["PX"] == (
        Counted(DAY, hours(8), hours(0.5)),
        Counted(date(2026, 11, 26), hours(7.5), None),
        Counted(date(2026, 11, 27), hours(0), hours(0)),
        Counted(date(2026, 11, 28), hours(0), hours(0)),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_system_s_own_headings_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    columns = AttendanceColumns(employee_number="社員番号", date="日付", start="出勤", end="退勤")
    text = "社員番号,氏名,日付,出勤,退勤\n0012,田中,2026/11/25,9:00,18:00\n"
    assert read(tmp_path, text, columns, encoding).by_person == {
        "PAIKO": (Clocked(DAY, hours(9), hours(18)),)
    }


def test_people_whom_the_people_file_lacks_are_named_not_guessed(tmp_path: Path) -> None:
    found = read(tmp_path, CLOCKS + "12,2026-11-25,09:00,18:00,\n0012,2026-11-25,09:00,18:00,\n")
    assert (set(found.by_person), found.strangers) == ({"PAIKO"}, {"12"})


def test_nobody_gets_the_lines_of_others_for_having_no_number(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(SUMS.replace("pagerduty_id", "pagerduty_id,employee_number") + "PX,,2026-11-25,480,0\n")
    people = {"PAIKO": Employee("", "田中 愛子"), "PBEN": Employee("", "Ito")}
    assert set(read_attendance([path], NAMES, people).by_person) == {"PX"}


def test_several_files_are_one(tmp_path: Path) -> None:
    for name, day in (("a.csv", "24"), ("b.csv", "25")):
        (tmp_path / name).write_text(SUMS + f"PX,2026-11-{day},480,0\n", encoding="utf-8")
    found = read_attendance([tmp_path / "a.csv", tmp_path / "b.csv"], NAMES, {})
    assert [row.day.day for row in found.by_person["PX"]] == [24, 25]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", r"a.csv has no column 'employee_number' or 'pagerduty_id'\."),
        ("employee_number,start,end\n", r"has no column 'date'\."),
        ("employee_number,date,start\n", r"has neither the columns 'start' and 'end' nor 'minutes'\."),
        ("employee_number,date,date,minutes\n", r"has the column 'date' twice\."),
        (CLOCKS + "0012,25.11.2026,9:00,18:00,\n", r"a.csv, line 2: '25.11.2026' is no day such as"),
        (CLOCKS + "0012,2026-02-30,9:00,18:00,\n", r"'2026-02-30' is no day such as"),
        (CLOCKS + "0012,9999-12-31,9:00,30:00,\n", r"'9999-12-31' is no day such as"),
        (CLOCKS + " ,2026-11-25,9:00,18:00,\n", r"line 2: says nobody whose it is\."),
        (CLOCKS + "0012,2026-11-25,9:00,,\n", r"line 2: has no 'end'\."),
        (CLOCKS + "0012,2026-11-25,,18:00,\n", r"line 2: has no 'start'\."),
        (CLOCKS + "0012,2026-11-25,9:00,18:60,\n", r"'18:60' in 'end' is no time such as 09:00"),
        (CLOCKS + "0012,2026-11-25,9:00,9:00,\n", r"'start' and 'end' are the same"),
        (CLOCKS + "0012,2026-11-25,9:00,40:00,\n", r"longer than 24 hours"),
        (CLOCKS + "0012,2026-11-25,9:00,10:00,61\n", r"the break is longer than the work"),
        (CLOCKS + "0012,2026-11-25,9:00,10:00,-5\n", r"'-5' in 'break_minutes' is no number of minutes"),
        (CLOCKS + "0012,2026-11-25,9:00,10:00,,,x\n", r"line 2: has more cells than the heading"),
        (
            CLOCKS + "0012,2026-11-25,9:00,12:00,\n0012,2026-11-25,11:59,13:00,\n",
            r"a.csv, line 3: overlaps a.csv, line 2\.",
        ),
        (
            CLOCKS + "0012,2026-11-25,22:00,30:00,\n0012,2026-11-26,5:00,6:00,\n",
            r"line 3: overlaps a.csv, line 2",
        ),
        (SUMS + "PX,2026-11-25,1441,\n", r"a day has no more than 1440 minutes"),
        (SUMS + "PX,2026-11-25,60,61\n", r"more was worked at night than in all"),
        (SUMS + 2 * "PX,2026-11-25,60,\n", r"line 3: gives 2026-11-25 again, after a.csv, line 2"),
        (SUMS + "PX,2026-11-25,=1+1,\n", r"'=1\+1' in 'minutes' is no number"),
        (SUMS + f"PX,2026-11-25,{'9' * 500},\n", r"'9{40}' in 'minutes'"),
        (SUMS + '"PX,2026-11-25' + "x" * 140_000, r"is no CSV"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        read(tmp_path, text)


def test_bytes_of_no_encoding_a_missing_file_and_numbers_without_people_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe\x00a")
    with pytest.raises(UsageError, match="neither in UTF-8 nor in CP932"):
        read_attendance([path], NAMES, {})
    with pytest.raises(UsageError, match="cannot be read"):
        read_attendance([tmp_path / "none.csv"], NAMES, {})
    path.write_text(CLOCKS, encoding="utf-8")
    with pytest.raises(UsageError, match="say who they are with --people FILE"):
        read_attendance([path], NAMES, {})


def test_an_employee_number_of_two_people_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CLOCKS, encoding="utf-8")
    with pytest.raises(UsageError, match="gives employee number '1' twice"):
        read_attendance([tmp_path / "a.csv"], NAMES, {"PA": Employee("1", "A"), "PB": Employee("1", "B")})
