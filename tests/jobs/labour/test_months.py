"""A labour month from the first message to its closing, over Slack's and PagerDuty's sandboxes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from jobs.button_company import ANN, BEN
from labour_company import NOW, SYNCED, LabourCompany, labour_company
from toban.clients.warehouse import Warehouse
from toban.domain.labour.answers import State
from toban.domain.labour.corrections import Correction, Verdict
from toban.domain.spans import Span
from toban.errors import SettingsError, UsageError, WarehouseError

ANNS_CALL, BENS_CALL = "PANN:20261124T160000Z", "PBEN:20261123T050000Z"


@pytest.fixture
def company(tmp_path: Path) -> Iterator[LabourCompany]:
    with labour_company(tmp_path, directory=tmp_path / "files") as made:
        yield made


def half_past(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, 30, tzinfo=UTC)


def change(why: str = "only half an hour", at: datetime = NOW) -> Correction:
    return Correction(BENS_CALL, Verdict.CHANGE, "Ben", at, why, Span(half_past(5), half_past(6)))


def states(company: LabourCompany) -> dict[str, State]:
    standpoints = company.report("preview").report.standpoints
    return {person: one.state for person, one in standpoints.items()}


def shown(message: dict[str, object]) -> str:
    return str(message["blocks"])


def test_each_person_is_asked_once_and_the_private_channel_told(company: LabourCompany) -> None:
    for _ in range(2):
        assert company.report().unreached == ("PCAI",)
    (asked,) = company.direct(ANN)
    assert asked["text"] == "Your on-call month 2026-11, Pay: is it right?"
    assert "Standby: 24 h" in shown(asked)
    assert "&lt;!channel&gt; disk &amp; *full*" in shown(asked)
    (told,) = company.leads()
    assert (
        told["text"]
        == "On-call month 2026-11, Pay: 3 people, 48 h of standby, 2 call-outs, 220 min; 3 still open"
    )
    assert "田中 愛子" in shown(told)
    assert "Not in Slack, please ask them: Cai" in shown(told)


def test_a_long_call_out_is_shown_as_one_to_confirm(company: LabourCompany) -> None:
    company.report()
    assert "to confirm: PagerDuty tells of 9 h 40 min" in shown(company.direct(BEN)[0])
    assert "1 call-outs are longer than the rule lets count unasked" in shown(company.leads()[0])


def test_a_confirmation_is_kept_and_told_in_the_managers_thread(company: LabourCompany) -> None:
    company.report()
    assert company.press("month_right", ANN) == ["Thank you, that is noted."]
    company.press("month_right", ANN)
    assert states(company) == {"PANN": State.CONFIRMED, "PBEN": State.OPEN, "PCAI": State.OPEN}
    head, line = company.leads()
    assert (line["thread_ts"], line["text"]) == (head["ts"], "*Ann* confirmed the month")


def test_who_changes_their_mind_is_heard_each_time(company: LabourCompany) -> None:
    company.report()
    company.press("month_right", ANN)
    company.dispute("it was <!here> longer", ANN)
    assert states(company)["PANN"] is State.OPEN
    assert company.leads()[-1]["text"] == "*Ann* says that something is wrong: it was &lt;!here&gt; longer"
    company.press("month_right", ANN)
    assert states(company)["PANN"] is State.CONFIRMED


def test_nobody_answers_for_another(company: LabourCompany) -> None:
    company.report()
    assert company.press("month_right", BEN, of=ANN) == [
        "That is another person's month; nothing was recorded."
    ]
    assert set(states(company).values()) == {State.OPEN}


def test_a_correction_shows_who_and_why_and_keeps_the_rules_time(company: LabourCompany) -> None:
    assert company.correct(change()) == 1
    assert company.correct(change()) == 0
    made = company.report("preview").report
    ben = made.counted.months[1]
    assert ben.responses.total == timedelta(minutes=60)
    (table,) = (table for table in made.tables if table.name == "Corrections")
    line = dict(zip(table.headings, table.rows[0], strict=True))
    assert line["From"] == "2026-11-23 14:30:00+09:00"
    assert line["By the rule from"] == "2026-11-23 14:00:00+09:00"
    assert line["By the rule until"] == "2026-11-23 17:00:00+09:00"
    assert (line["Said by"], line["Reason"]) == ("Ben", "only half an hour")


def test_a_correction_whose_call_out_is_none_any_more_is_shown_as_without_effect(
    company: LabourCompany,
) -> None:
    key = BENS_CALL.replace("T0500", "T0600")  # it began an hour later, before PagerDuty told of more
    company.pay.ledger.labour.correct("pay", [replace(change(), call_out=key)], now=NOW)
    made = company.report("preview").report
    (table,) = (table for table in made.tables if table.name == "Corrections")
    line = dict(zip(table.headings, table.rows[0], strict=True))
    assert (line["Key for corrections"], line["Name"]) == (key, "Ben")
    assert line["Correction"] == "without effect: no such call-out"
    assert line["By the rule until"] == ""


@pytest.mark.parametrize(("days", "hours"), [(-30, 0), (-1, -6), (2, 0), (365, 0)])
def test_a_time_far_from_the_call_out_is_refused_for_no_month_would_count_it(
    company: LabourCompany, days: int, hours: int
) -> None:
    off = timedelta(days=days, hours=hours)
    wrong = Correction(
        BENS_CALL, Verdict.CHANGE, "Ben", NOW, "x", Span(half_past(5) + off, half_past(6) + off)
    )
    with pytest.raises(UsageError, match=f"Line 2: the time given for {BENS_CALL} lies more than a day"):
        company.correct(wrong)
    assert company.pay.ledger.labour.corrections("pay") == []


def test_after_a_correction_the_person_is_asked_anew_and_counts_as_corrected(company: LabourCompany) -> None:
    company.report()
    company.press("month_right", BEN)
    company.correct(change())
    assert states(company)["PBEN"] is State.OPEN, "the figures are not those that were confirmed"
    company.report("correct")
    assert len(company.direct(BEN)) == 2 + 1  # the answer that only Ben sees stands there too
    company.press("month_right", BEN)
    assert states(company)["PBEN"] is State.CORRECTED


def test_an_old_message_confirms_nothing(company: LabourCompany) -> None:
    company.report()
    company.correct(change())
    company.pay.ledger.labour.closings.propose("pay", company.report("preview").report.settlement, now=NOW)
    assert company.press("month_right", BEN) == [
        "The figures have changed since; please answer the newer message."
    ]
    assert company.pay.ledger.labour.answers("pay", "2026-11") == []


def test_only_a_named_manager_closes_the_month(company: LabourCompany) -> None:
    company.report()
    assert company.approve(ANN) == ["Only those named in labour.approvers may close a month."]
    assert company.report("preview").report.closing is None
    assert company.approve(BEN) == ["The month is closed."]
    closing = company.report("preview").report.closing
    assert closing is not None
    assert closing.by == "Ben"


def test_a_closed_month_stays_and_what_changes_is_a_difference(company: LabourCompany) -> None:
    company.report()
    company.press("month_right", ANN)
    company.approve(BEN)
    before, asked = company.report("preview").report, company.direct(ANN)
    assert "toban_month_approve" in shown(company.leads()[0])
    company.resolves_later(50)
    after = company.report("correct").report
    assert company.direct(ANN) == asked, "nobody is asked about a closed month"
    assert "toban_month_approve" not in shown(company.leads()[0])
    assert after.tables[0] == before.tables[0]
    assert after.tables[0].rows[0][-1] == "confirmed"
    (changes,) = (table for table in after.tables if table.name == "Changed since")
    lines = [dict(zip(changes.headings, row, strict=True)) for row in changes.rows]
    assert [(one["Name"], one["Figure"], one["Settled"], one["Now"], one["Difference"]) for one in lines] == [
        ("田中 愛子", "Minutes at night, working day", 40, 60, 20)
    ]
    assert "Changed since 2026-11 was closed" in shown(company.leads()[0])
    assert "Closed by Ben" in shown(company.leads()[0])


def test_a_later_month_settles_the_difference_once(company: LabourCompany) -> None:
    company.report()
    company.approve(BEN)
    company.resolves_later(50)
    with Warehouse(company.directory).write() as writer:
        writer.set_state("synced_until", (SYNCED + timedelta(days=70)).isoformat())
        writer.publish()
    later = SYNCED + timedelta(days=40)
    december = company.report("preview", "2026-12").report
    (earlier,) = (table for table in december.tables if table.name == "Earlier months")
    assert [row[0] for row in earlier.rows] == ["2026-11"]
    company.pay.ledger.labour.closings.close("pay", december.settlement, "Ben", now=later)
    january = company.report("preview", "2027-01").report
    assert not [table for table in january.tables if table.name == "Earlier months"]
    assert company.report("preview").report.figures["PANN"]["response_workday_night"] == 40 * 60


def test_what_people_say_after_the_closing_is_told_to_the_manager(company: LabourCompany) -> None:
    company.report()
    company.approve(BEN)
    assert company.press("month_right", ANN) == ["2026-11 is closed; please tell your manager."]


def test_a_manager_approves_what_the_message_shows(company: LabourCompany) -> None:
    company.report()
    company.correct(change())
    company.pay.ledger.labour.closings.propose("pay", company.report("preview").report.settlement, now=NOW)
    assert company.approve(BEN) == [
        "The figures have changed since this message; run the report with correct first."
    ]
    assert company.report("preview").report.closing is None


def test_the_files_hold_the_state_of_each_person(company: LabourCompany) -> None:
    company.report()
    company.press("month_right", ANN)
    excel, csv = company.report().files
    sheets = openpyxl.load_workbook(excel)
    assert sheets.sheetnames == ["Month", "Call-outs", "Rules", "Confirmation"]
    assert [row[2] for row in list(sheets["Confirmation"].values)[1:]] == [
        "confirmed",
        "open (unconfirmed)",
        "open (unconfirmed)",
        "open (unconfirmed)",
    ]
    assert csv.read_text(encoding="utf-8-sig").splitlines()[1].endswith(",confirmed")


def test_a_public_channel_is_told_nothing(tmp_path: Path) -> None:
    with labour_company(tmp_path, private=False) as company:
        with pytest.raises(SettingsError, match="#leads, can be read by everybody"):
            company.report()
        assert company.direct(ANN) == company.leads() == []


def test_a_month_that_is_not_whole_is_not_reported(company: LabourCompany) -> None:
    with pytest.raises(WarehouseError, match="The month 2026-12 ends at 2027-01-01 00:00"):
        company.report(month="2026-12")


def test_a_month_that_began_before_what_is_known_is_not_reported(company: LabourCompany) -> None:
    assert company.report("preview", month="2026-10").report.standpoints == {}
    with pytest.raises(WarehouseError, match=r"2026-09 begins at 2026-09-01 00:00.* since 2026-09-01 09:00"):
        company.report(month="2026-09")


@pytest.mark.parametrize(
    "key", ["PANN:20261124T160001Z", "PNOBODY:20261124T160000Z", "nonsense", "PANN:", "PANN:99999999T000000Z"]
)
def test_a_correction_of_what_is_no_call_out_is_refused_and_nothing_kept(
    company: LabourCompany, key: str
) -> None:
    wrong = Correction(key, Verdict.WITHDRAW, "Ben", NOW, "a test")
    with pytest.raises(UsageError, match=f"Line 3: '{key}' is no call-out of Pay"):
        company.correct(change(), wrong)
    assert company.pay.ledger.labour.corrections("pay") == []
