"""A labour month out of a published warehouse: as tables, and by the command as files."""

import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from labour_warehouse import TOKYO, add, shift
from toban.cli import main
from toban.clients.labour_data import read_deeds
from toban.clients.ledger import Ledger
from toban.clients.people_file import Employee
from toban.clients.warehouse import Warehouse
from toban.domain.labour.month import period_of
from toban.errors import SettingsError, WarehouseError
from toban.jobs.claims import claims_of
from toban.jobs.labour.counting import Counter
from toban.jobs.labour.month import LabourReport, month_report
from toban.locale import language
from toban.settings import Settings, parse_settings

SETTINGS = """
fallback_channel = "#ops"
slack = { trial_channel = "#trial" }

[[teams]]
id = "pay"
name = "Payments"
time_zone = "Asia/Tokyo"
language = "en"
announce_channel = "#pay"
services = ["S1"]
escalation_policies = ["E1"]

[teams.labour]
preset = "japan"
rules.rest.working_hours = { from = 09:00:00, until = 18:00:00 }
rules.pay = { standby_workday = 2400, call_out = 500 }
"""
HOSTILE = "=HYPERLINK(1) <!channel>"
PEOPLE = {"U1": Employee("0012", "田中 愛子")}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """U1 on call on Wednesday and called in its night; U2 called on Monday the 23rd, a public holiday."""
    directory = tmp_path_factory.mktemp("warehouse")
    with Warehouse(directory).write() as writer:
        writer.merge(
            "users", [{"id": f"U{n}", "name": name} for n, name in ((1, "Aiko"), (2, "Ben"), (3, "Cai"))]
        )
        writer.merge("services", [{"id": "S1", "name": "shop"}, {"id": "S9", "name": "another team's"}])
        writer.merge("escalation_policies", [{"id": "E1", "name": "shop on-call"}])
        shifts = [
            shift("U1", "2026-11-25T00:00", "2026-11-26T00:00"),
            shift("U1", "2026-11-25T12:00", "2026-11-26T12:00", level=2),
            shift("U3", "2026-11-25T00:00", "2026-11-26T00:00", policy="E9"),
        ]
        writer.merge("oncall_shifts", shifts)
        add(writer, "Q1", "S1", HOSTILE, [
            ("notify", "2026-11-25T01:00:00", {"user_id": "U1", "notification_type": "phone"}),
            ("acknowledge", "2026-11-25T01:02:00", {"agent_type": "user", "agent_id": "U1"}),
            ("resolve", "2026-11-25T01:30:00", {"agent_type": "user", "agent_id": "U1"}),
        ])  # fmt: skip
        add(writer, "Q2", "S1", "quiet", [
            ("notify", "2026-11-23T14:00:00", {"user_id": "U2", "notification_type": "sms"}),
            ("notify", "2026-11-23T14:00:00", {"user_id": "U1", "notification_type": "email"}),
            ("resolve", "2026-11-23T14:40:00", {"agent_type": "integration", "agent_id": "U2"}),
        ])  # fmt: skip
        add(writer, "Q9", "S9", "not ours", [
            ("notify", "2026-11-25T14:00:00", {"user_id": "U3", "notification_type": "phone"}),
        ])  # fmt: skip
        writer.rebuild_models()
        writer.publish()
    return directory


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    path = tmp_path / "toban.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("TOBAN_SETTINGS", str(path))
    return parse_settings(tomllib.loads(SETTINGS))


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    monkeypatch.setenv("TOBAN_LEDGER_URL", url)
    ledger = Ledger(url)
    ledger.migrate()
    return ledger


def report(directory: Path, settings: Settings, ledger: Ledger, month: int = 11) -> LabourReport:
    team = settings.team("pay")
    with Warehouse(directory).read(restricted=True) as snapshot:
        counter = Counter(snapshot, team, claims_of(team, settings), PEOPLE)
        return month_report(counter, ledger, period_of(2026, month, None), language("en"))


def line(made: LabourReport, number: int) -> dict[str, Any]:
    return dict(zip(made.tables[0].headings, made.tables[0].rows[number], strict=True))


def column(sheet: list[Any], heading: str) -> list[Any]:
    return [row[sheet[0].index(heading)] for row in sheet[1:]]


def test_each_person_has_a_line_of_what_was_stood_by_and_worked(
    directory: Path, settings: Settings, ledger: Ledger
) -> None:
    aiko = line(report(directory, settings, ledger), 0)
    assert {heading: value for heading, value in aiko.items() if value not in (0, "")} == {
        "Employee number": "0012",
        "Name": "田中 愛子",
        "Standby hours, working day": 36,  # the overlap of the two levels once
        "Call-outs, number": 1,
        "Response minutes": 40,
        "Minutes at night, working day": 40,
        "Too short rests": 1,
        "Rest missing, hours": 220 / 60,
        "Days of too short rest": "2026-11-25 (3.67 h)",
        "Days on call in a row": 2,
        "Standby allowance": 3_600,
        "Call-out fees": 500,
        "Response pay": None,
        "Confirmation state": "open (unconfirmed)",
    }


def test_a_public_holiday_is_no_legal_one_and_an_unanswered_call_counts(
    directory: Path, settings: Settings, ledger: Ledger
) -> None:
    ben = line(report(directory, settings, ledger), 1)
    assert (ben["Name"], ben["Minutes by day, other holiday"], ben["Response minutes"]) == ("Ben", 15, 15)


def test_nobody_of_another_team_and_no_other_month_is_told(
    directory: Path, settings: Settings, ledger: Ledger
) -> None:
    assert len(report(directory, settings, ledger).counted.months) == 2
    assert report(directory, settings, ledger, 10).counted.months == ()


def test_the_general_snapshot_is_refused_it_does_not_hold_who_was_called(
    directory: Path, settings: Settings
) -> None:
    claims = claims_of(settings.team("pay"), settings)
    window = period_of(2026, 11, None).window(TOKYO)
    with Warehouse(directory).read() as snapshot, pytest.raises(WarehouseError, match="person_deeds"):
        read_deeds(snapshot, window, claims)


@pytest.mark.usefixtures("settings", "ledger")
def test_the_workbook_shows_hostile_titles_as_text_and_adds_up(directory: Path, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("pagerduty_id,employee_number,legal_name\nU1,0012,田中 愛子\n", encoding="utf-8")
    excel, csv = tmp_path / "m.xlsx", tmp_path / "m.csv"
    arguments = ["labour", "report", "--team", "pay", "--month", "2026-11", "--warehouse", str(directory)]
    arguments += ["--people", str(people), "--excel", str(excel), "--csv", str(csv)]
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, result.stdout) == (0, "2 people, 2026-11-01 to 2026-11-30. No legal advice.\n")
    month, evidence, rules, confirmation = (list(sheet.values) for sheet in openpyxl.load_workbook(excel))
    total = month[0].index("Response minutes")
    assert (
        sum(row[total] for row in month[1:])
        == sum(row[evidence[0].index("Minutes")] for row in evidence[1:])
        == 55
    )
    assert {row[evidence[0].index("Incidents")] for row in evidence[1:]} == {f"#1 {HOSTILE}", "#2 quiet"}
    assert ("Overtime, limits of a 36 agreement", "not computed: no attendance was given") in rules
    assert [row[:3] for row in confirmation[1:]] == [
        ("0012", "田中 愛子", "open (unconfirmed)"),
        (None, "Ben", "open (unconfirmed)"),
        (None, "Manager", "open (unconfirmed)"),
    ]
    assert csv.read_text(encoding="utf-8-sig").count("\n") == 3
    assert (excel.stat().st_mode & 0o777, csv.stat().st_mode & 0o777) == (0o600, 0o600)


@pytest.mark.usefixtures("settings", "ledger")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--month", "2026-13", "--csv", "x.csv"], "'2026-13' is no month such as 2026-11."),
        (["--month", "2026-11"], "Say where to write: --excel FILE, --csv FILE, or both."),
    ],
)
def test_a_wrong_call_is_one_sentence(directory: Path, arguments: list[str], sentence: str) -> None:
    given = ["labour", "report", "--team", "pay", "--warehouse", str(directory), *arguments]
    result = CliRunner().invoke(main, given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


@pytest.mark.parametrize(
    ("labour", "words"),
    [
        ({"rules": {"nights": {}}}, "nights"),
        ({"rules": {"call_out": {"shortest_minutes": 200}}}, "shortest_minutes must not be more"),
        ({"closing_day": 31}, "closing_day"),
        ({"changes": [{"since": "2026-11-16", "rules": {"pay": {"hourly": -1}}}]}, "hourly"),
        ({"rules": {"rest": {"shortest_hours": "long"}}}, "shortest_hours"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_their_key(labour: dict[str, Any], words: str) -> None:
    values = tomllib.loads(SETTINGS)
    values["teams"][0]["labour"] = labour
    with pytest.raises(SettingsError, match=words):
        parse_settings(values)


def test_a_preset_holds_what_the_law_said_on_each_day(settings: Settings) -> None:
    versions = settings.team("pay").labour.versions
    assert [day.isoformat() for day, _ in versions] == ["0001-01-01", "2020-04-01", "2023-04-01"]
    assert [rules.overtime and str(rules.overtime.long_premium) for _, rules in versions] == [
        "0.25",
        "0.25",
        "0.5",
    ]
    assert [rules.agreement.special_months for _, rules in versions] == [None, 6, 6]
    assert {rules.pay.call_out for _, rules in versions} == {500}


def test_what_a_team_says_stands_above_what_the_law_changed() -> None:
    values = tomllib.loads(SETTINGS)
    values["teams"][0]["labour"] = {
        "preset": "japan",
        "rules": {"overtime": {"long_premium": 0.6}},
        "changes": [{"since": "2021-01-01", "rules": {"agreement": {"month_hours": 30}}}],
    }
    versions = parse_settings(values).team("pay").labour.versions
    assert [day.year for day, _ in versions] == [1, 2020, 2021, 2023]
    assert {rules.overtime and str(rules.overtime.long_premium) for _, rules in versions} == {"0.6"}
    assert [rules.agreement.month_hours for _, rules in versions] == [45, 45, 30, 30]
