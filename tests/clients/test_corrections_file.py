"""The corrections file: what can be used, and one sentence for what cannot."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toban.clients.corrections_file import read_corrections
from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.spans import Span
from toban.errors import UsageError

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 12, 1, tzinfo=UTC)
HEAD = "call_out,verdict,by,at,why,from,until\n"
KEY = "P1:20261124T160000Z"


def read(tmp_path: Path, text: str | bytes) -> list[Correction]:
    path = tmp_path / "corrections.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_corrections(path, TOKYO, NOW).values())


def test_moments_are_on_the_teams_clock_unless_they_say_otherwise(tmp_path: Path) -> None:
    line = f"{KEY},change,田中,2026-11-30T10:00,slept,2026-11-25T01:10,2026-11-24T16:40+00:00\n"
    (found,) = read(tmp_path, "\ufeff" + HEAD + line)
    right = Span(datetime(2026, 11, 24, 16, 10, tzinfo=UTC), datetime(2026, 11, 24, 16, 40, tzinfo=UTC))
    assert found == Correction(
        KEY, Verdict.CHANGE, "田中", datetime(2026, 11, 30, 1, tzinfo=UTC), "slept", right
    )


def test_a_withdrawal_needs_no_times(tmp_path: Path) -> None:
    (found,) = read(tmp_path, f"why,at,by,verdict,call_out\na mistake,2026-11-30,Ben,withdraw,{KEY}\n")
    assert (found.verdict, found.span) == (Verdict.WITHDRAW, None)


def test_a_file_that_a_japanese_spreadsheet_has_saved_is_read(tmp_path: Path) -> None:
    line = f"{KEY},change,田中,2026/11/30 9:05,寝ました,2026/11/25 1:10,2026/11/25 1:40:30\r\n,,,,,,\r\n"
    (found,) = read(tmp_path, (HEAD.replace("\n", "\r\n") + 2 * line).encode("cp932"))[:1]
    assert (found.by, found.why, found.at) == ("田中", "寝ました", datetime(2026, 11, 30, 0, 5, tzinfo=UTC))
    assert found.span == Span(
        datetime(2026, 11, 24, 16, 10, tzinfo=UTC), datetime(2026, 11, 24, 16, 40, 30, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("call_out,verdict\n", "has no column 'by'"),
        (
            HEAD + f"{KEY},change,Ben,2026-11-30,,2026-11-25T01:00,2026-11-25T02:00\n",
            "line 2: 'why' is empty",
        ),
        (
            HEAD + f"{KEY},delete,Ben,2026-11-30,x,,\n",
            "verdict 'delete' is none of confirm, change, withdraw",
        ),
        (HEAD + f"{KEY},change,Ben,yesterday,x,,\n", "'yesterday' is no moment such as"),
        (
            HEAD + f"{KEY},change,Ben,2026-11-30,x,2026-11-25T02:00,2026-11-25T01:00\n",
            "ends before it begins",
        ),
        (HEAD + f"{KEY},change,Ben,2026-11-30,x,,\n", "'' is no moment"),
        (HEAD + f"{KEY},confirm,Ben,2027-01-01,x,,\n", "'at' lies in the future"),
        (HEAD + f"{KEY},confirm\n", "line 2: 'by' is empty"),
        (HEAD + f"{KEY},change,Ben,2026-11-30,x,0001-01-01,2026-11-25T01:00\n", "'0001-01-01' is no moment"),
        (HEAD + f"{KEY},change,Ben,2026-11-30,x,2026/11/32 1:00,\n", "'2026/11/32 1:00' is no moment"),
        (HEAD + f"{KEY},change,Ben,2026-11-30,x,2026-11-25T01:00,2036-11-25T02:00\n", "ends after 'at'"),
        (HEAD + f"{KEY},withdraw,Ben,2026-11-30,a test, sorry,,\n", "has more cells than the heading"),
        (HEAD + f"{KEY},withdraw,Ben,2026-11-30,x,2026-11-25T01:00,\n", "only with 'change' is there"),
        (HEAD + f'{KEY},confirm,Ben,2026-11-30,"x\ny",,\n,\n{KEY},delete,,,,,\n', "line 5: 'by' is empty"),
        (
            HEAD + f"{KEY},confirm,Ben,2026-11-30,x,,\n{KEY},withdraw,Ben,2026/11/30,x,,\n",
            f"line 3: something else was said of {KEY} at the same moment",
        ),
        ((HEAD + "田中").encode("utf-16"), "is written neither in UTF-8 nor in CP932"),
        ((HEAD + '"' + "x" * 200_000 + '"').encode(), "is no CSV file"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    with pytest.raises(UsageError, match=r"corrections\.csv") as refused:
        read(tmp_path, text)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_corrections(tmp_path / "none.csv", TOKYO, NOW)
