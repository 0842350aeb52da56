"""The report's files: read again by programs that did not write them."""

import csv
from pathlib import Path

import openpyxl
import pytest

from toban.clients.labour_files import write_csv, write_workbook
from toban.clients.people_file import Employee, read_people
from toban.clients.public_holidays import public_holidays
from toban.domain.labour.sheets.table import Table
from toban.errors import SettingsError, UsageError

MONTH = Table("月次", ("氏名", "分"), (("田中愛子", 40.5), ("=1+1", None)))


def test_a_workbook_opens_with_its_sheets_numbers_and_no_formula(tmp_path: Path) -> None:
    write_workbook(tmp_path / "month.xlsx", [MONTH, Table("空", (), ())])
    book = openpyxl.load_workbook(tmp_path / "month.xlsx")
    assert book.sheetnames == ["月次", "空"]
    assert [[cell.value for cell in row] for row in book["月次"].rows] == [
        ["氏名", "分"],
        ["田中愛子", 40.5],
        ["'=1+1", None],
    ]
    assert {cell.data_type for row in book["月次"].rows for cell in row} <= {"s", "n", "inlineStr"}


@pytest.mark.parametrize(("encoding", "read_as"), [("utf-8", "utf-8-sig"), ("cp932", "cp932")])
def test_csv_is_read_again_in_its_encoding(tmp_path: Path, encoding: str, read_as: str) -> None:
    write_csv(tmp_path / "month.csv", MONTH, encoding)
    raw = (tmp_path / "month.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") is (encoding == "utf-8")
    lines = list(csv.reader(raw.decode(read_as).splitlines()))
    assert lines == [["氏名", "分"], ["田中愛子", "40.5"], ["'=1+1", ""]]


def test_a_name_that_the_encoding_lacks_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written in cp932; choose utf-8"):
        write_csv(tmp_path / "month.csv", Table("x", ("name",), (("Łukasz",),)), "cp932")


def test_a_title_with_signs_that_no_sheet_may_hold_is_shown_without_them(tmp_path: Path) -> None:
    path = tmp_path / "month.xlsx"
    write_workbook(path, [Table("x", ("title",), (("\x1b[31mdown\x00\x0b\nnow",), ("\x07=1+1",)))])
    cells = [cell.value for cell in openpyxl.load_workbook(path)["x"]["A"]]
    assert cells == ["title", "[31mdown\nnow", "'=1+1"]


def test_the_people_file_gives_number_name_and_zone(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "pagerduty_id,employee_number,legal_name,time_zone\n"
        "PAIKO,0012,田中 愛子,\nPBEN,0013,Ito,Europe/Berlin\n",
        encoding="utf-8-sig",
    )
    assert read_people(path) == {
        "PAIKO": Employee("0012", "田中 愛子"),
        "PBEN": Employee("0013", "Ito", "Europe/Berlin"),
    }


def test_the_people_file_may_be_as_a_japanese_spreadsheet_saves_it(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    text = "pagerduty_id,employee_number,legal_name\r\nPAIKO,0012,田中 愛子\r\n,,\r\n"
    path.write_bytes(text.encode("cp932"))
    assert read_people(path) == {"PAIKO": Employee("0012", "田中 愛子")}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("pagerduty_id,legal_name\n", "has no column 'employee_number'"),
        ("pagerduty_id,employee_number,legal_name\nPA,1,A\nPA,2,B\n", "names PA twice"),
        ("pagerduty_id,employee_number,legal_name\na@b.c,1,A\n", "line 2: 'a@b.c' is no id of PagerDuty's"),
        (
            "pagerduty_id,employee_number,legal_name,time_zone\nPA,1,A,JST+9\n",
            "line 2: 'JST\\+9' is no IANA time zone",
        ),
        ("pagerduty_id,employee_number,legal_name\nPA,1,A\n,,\nPB,2,B,,9\n", "line 4: has more cells"),
        ("pagerduty_id,employee_number,legal_name\nPA,1," + "x" * 140_000, "is no CSV file"),
    ],
)
def test_a_people_file_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=sentence):
        read_people(path)


def test_public_holidays_hold_the_substitutes() -> None:
    days = public_holidays("JP", [2026])
    assert {day.isoformat() for day in days if day.month == 5} == {
        "2026-05-03",
        "2026-05-04",
        "2026-05-05",
        "2026-05-06",
    }


def test_a_country_without_known_holidays_is_refused_in_a_sentence() -> None:
    with pytest.raises(SettingsError, match="public holidays of 'XX' are not known"):
        public_holidays("XX", [2026])


def test_a_sheet_prints_as_wide_as_a_page_and_keeps_every_digit(tmp_path: Path) -> None:
    long = "; ".join(f"https://pd.example/incidents/Q{n}" for n in range(60))
    table = Table("明細", ("社員番号", "氏名", "時間(分)", "リンク"), (("0012", "田中", 20 / 3, long),))
    write_workbook(tmp_path / "month.xlsx", [table])
    sheet = openpyxl.load_workbook(tmp_path / "month.xlsx")["明細"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape", 1, 0,
    )  # fmt: skip
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C2", "$1:$1")
    assert (sheet["C2"].value, sheet["C2"].number_format) == (20 / 3, "#,##0.00")
    assert sheet.column_dimensions["D"].width == 44
    assert sheet.row_dimensions[2].height == 409
