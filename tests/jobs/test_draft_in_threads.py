"""Drafts of runbooks in alerts' threads: offered where they help, written once, after everything urgent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from alert_company import CHANNEL, AlertCompany, alert_company, alert_team
from toban.clients.messenger import Messenger
from toban.clients.runbook_library import runbook_library
from toban.clients.warehouse import Warehouse
from toban.domain.alerts.nouns import Alert
from toban.domain.presses.nouns import Action, Outcome, Press
from toban.domain.triage.nouns import Asked
from toban.errors import LedgerError, WarehouseError
from toban.jobs.triage_alert import Triage, triage_alert
from toban.jobs.word_draft import NotYet
from toban.wiring.triage import PassTriage
from triage_samples import NOW, history_of

WORK = "Disk full on web-5: 12%"
OFFER = "It came 200 times before; a first version can be drafted from what was done then."
SLACK = {"trial_channel": "#toban-trial", "buttons": "socket"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return history_of(tmp_path_factory.mktemp("warehouse"))


def furnish(made: AlertCompany, warehouse: Warehouse, triage: PassTriage) -> None:
    """As a pass has it, as if the company's alerts were of the history's first service, at its end."""

    def read(asked: Asked, *_: object) -> Triage:
        with warehouse.read() as snapshot:
            return triage_alert(snapshot, replace(asked, service_id="S1", at=NOW), NOW)

    shelf = made.settings.runbooks.directory
    made.triage = read
    made.known = lambda thread, now: triage.material(
        thread, runbook_library(shelf, made.shelf(), made.ledger, now), now
    )


@pytest.fixture
def shop(tmp_path: Path, warehouse: Warehouse) -> Iterator[AlertCompany]:
    (tmp_path / "runbooks").mkdir()
    books = {"directory": str(tmp_path / "runbooks")}
    with alert_company(tmp_path, slack=SLACK, runbooks=books) as made, PassTriage(warehouse) as triage:
        furnish(made, warehouse, triage)
        made.run()
        yield made


def ask(shop: AlertCompany, incident: str, by: str = "PANN", stamp: str = "1") -> Press:
    """What the receiver writes down when somebody presses the button."""
    press = Press(
        f"draft_runbook:{incident}:0:{stamp}", incident, Action.DRAFT, shop.slack_id(by), None, None,
        shop.clock.now, {"round": 0},
    )  # fmt: skip
    assert shop.ledger.presses.record(press)
    return press


def outcomes(shop: AlertCompany, incident: str) -> list[Outcome | None]:
    return [outcome for _, outcome in shop.ledger.presses.of_incident(incident)]


def files(shop: AlertCompany) -> list[dict[str, Any]]:
    answer = httpx.get(f"{shop.slack_url}/_sandbox/messages", params={"channel": CHANNEL}).json()
    return [file for message in answer for file in message.get("files", ())]


def content(file: dict[str, Any]) -> str:
    headers = {"Authorization": "Bearer xoxb-test"}
    return httpx.get(file["url_private"], headers=headers).raise_for_status().text


def buttons(shop: AlertCompany, place: int) -> list[str]:
    blocks = shop.messages()[place]["blocks"]
    return [
        each["action_id"] for block in blocks for each in block.get("elements", ()) if "action_id" in each
    ]


def test_an_alert_that_comes_again_and_has_no_runbook_is_offered_a_draft(shop: AlertCompany) -> None:
    shop.fire(WORK)
    shop.run()
    assert f"There is no runbook for this alert yet.\n{OFFER}" in shop.said()[1]
    assert buttons(shop, 1) == ["toban_draft_runbook"]


def test_an_alert_that_never_came_is_not(shop: AlertCompany) -> None:
    shop.fire("Something else broke")
    shop.run()
    assert "drafted" not in shop.said()[1]
    assert buttons(shop, 1) == []


def test_an_alert_with_a_runbook_is_not(shop: AlertCompany, tmp_path: Path) -> None:
    (tmp_path / "runbooks" / "disk-full.md").write_text("# Disk full\n\nMake room on the disk.\n")
    shop.fire(WORK)
    shop.run()
    assert "Perhaps this runbook: *Disk full*" in shop.said()[1]
    assert buttons(shop, 1) == []


def test_where_presses_arrive_nowhere_there_is_no_button(tmp_path: Path, warehouse: Warehouse) -> None:
    (tmp_path / "runbooks").mkdir()
    books = {"directory": str(tmp_path / "runbooks")}
    with alert_company(tmp_path, runbooks=books) as made, PassTriage(warehouse) as triage:
        furnish(made, warehouse, triage)
        made.run()
        made.fire(WORK)
        made.run()
        assert OFFER in made.said()[1]
        assert buttons(made, 1) == []


def test_whoever_presses_gets_a_file_to_review_in_the_thread(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    known, alert = shop.known, Alert(body="mount: /data <!here>")  # the sandbox's alerts say nothing more
    shop.known = lambda thread, now: known(replace(thread, alert=alert), now)
    ask(shop, incident)
    shop.run()
    (file,) = files(shop)
    number = shop.incident(incident)["incident_number"]
    assert file["title"] == f"Draft of a runbook for #{number}"
    assert file["name"].startswith(f"runbook-draft-{number}-")
    text = content(file)
    assert 'draft: true\nkeywords: ["Disk full on"]' in text
    assert "grew <!channel> the disk" in text
    assert "What the monitoring tool said with it:\n\n```text\nmount: /data <!here>\n```" in text
    assert "## Sources\n\n- template `Disk full on <name>: <n>%`\n- incident `#397` (`Q397`)" in text
    assert "Nobody has reviewed it: check every line before it serves." in shop.said()[2]
    assert buttons(shop, 2) == ["toban_draft_note"]
    assert shop.keys() == [f"alert:{incident}", f"briefing:{incident}", f"drafted:{incident}"]
    assert outcomes(shop, incident) == [Outcome.DONE]


def test_two_people_get_one_draft(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    ask(shop, incident, "PANN", "1")
    ask(shop, incident, "PBEN", "2")
    shop.run()
    shop.run()
    assert len(files(shop)) == 1
    assert outcomes(shop, incident) == [Outcome.DONE, Outcome.ALREADY]


def test_it_is_written_also_when_the_incident_is_over(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    shop.change(incident, status="resolved")
    shop.passes(2)
    ask(shop, incident)
    shop.run()
    assert len(files(shop)) == 1


@pytest.mark.parametrize("step", ["file", "say"])
def test_a_pass_killed_on_the_way_leaves_one_draft(
    shop: AlertCompany, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    incident = shop.fire(WORK)
    shop.run()
    ask(shop, incident)
    shown = getattr(Messenger, step)

    def dies(*arguments: Any, **named: Any) -> None:
        shown(*arguments, **named)
        raise LedgerError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Messenger, step, dies)
        with pytest.raises(LedgerError, match="killed"):
            shop.run()
    shop.passes(1)
    assert len(files(shop)) == 1
    assert shop.keys().count(f"drafted:{incident}") == 1
    assert outcomes(shop, incident)[0] in {Outcome.DONE, Outcome.ALREADY}


def test_an_alert_that_fires_meanwhile_is_said_first(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    ask(shop, incident)
    later = shop.fire("Something else broke")
    stood: list[list[str]] = []
    known = shop.known
    shop.known = lambda thread, now: (stood.append(shop.keys()), known(thread, now))[1]
    shop.run()
    assert f"alert:{later}" in stood[0]
    assert len(files(shop)) == 1


@pytest.mark.parametrize(
    "title", ["Disk full on web-5: 12% <!channel> <@U1>\u202e", "Disk full on web-5: 12%\x1b[31m"]
)
def test_a_hostile_title_rings_nobody_and_stands_as_code(shop: AlertCompany, title: str) -> None:
    found = {"newest_title": title}
    incident = shop.fire(title)
    known = shop.known
    shop.known = lambda thread, now: _with_title(known, replace(thread, title=WORK), now, found)
    shop.run()
    ask(shop, incident)
    shop.run()
    (file,) = files(shop)
    text = content(file)
    assert not [sign for sign in text if not sign.isprintable() and sign != "\n"]
    assert "```text\nDisk full on web-5: 12%" in text
    assert "<!channel>" not in "".join(shop.said()[2:])


def _with_title(known: Callable[..., Any], thread: Any, now: datetime, found: dict[str, str]) -> Any:
    material = known(thread, now)
    return replace(material, seen=replace(material.seen, **found))


def test_in_japanese(tmp_path: Path, warehouse: Warehouse) -> None:
    (tmp_path / "runbooks").mkdir()
    books = {"directory": str(tmp_path / "runbooks")}
    company = alert_company(tmp_path, alert_team(language="ja"), slack=SLACK, runbooks=books)
    with company as made, PassTriage(warehouse) as triage:
        furnish(made, warehouse, triage)
        made.run()
        incident = made.fire(WORK)
        made.run()
        ask(made, incident)
        made.run()
        assert "同じアラートはこれまでに200回ありました" in made.said()[1]
        assert "使う前に一行ずつ確かめてください" in made.said()[2]
        assert "## 出典" in content(files(made)[0])


def test_what_cannot_be_drafted_fails_and_may_be_asked_again(shop: AlertCompany) -> None:
    incident = shop.fire("Something else broke")
    shop.run()
    ask(shop, incident)
    shop.run()
    assert (files(shop), outcomes(shop, incident)) == ([], [Outcome.FAILED])
    ask(shop, incident, "PBEN")
    shop.run()
    assert outcomes(shop, incident) == [Outcome.FAILED, Outcome.FAILED]


def test_a_warehouse_that_cannot_be_asked_costs_the_draft_and_nothing_else(shop: AlertCompany) -> None:
    def broken(*_: object) -> None:
        raise WarehouseError("The disk is gone.")

    incident = shop.fire(WORK)
    shop.run()
    shop.known = broken
    ask(shop, incident)
    assert shop.run().left == 0
    assert outcomes(shop, incident) == [Outcome.FAILED]


class SlowWording:
    """A model that is at work for some rounds; ``fire`` is called in the first of them."""

    def __init__(self, rounds: int, fire: Callable[[], object]) -> None:
        self.rounds, self.fire = rounds, fire

    def text(self, _: str, written: Callable[[], Any], *__: object) -> str:
        self.rounds -= 1
        self.fire()
        self.fire = lambda: None
        if self.rounds:
            raise NotYet
        return str(written().text(remark="> In better words."))


def test_while_a_model_words_it_alerts_go_on_and_the_same_pass_shows_it(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    ask(shop, incident)
    shop.wording = SlowWording(4, lambda: shop.fire("Something else broke"))  # type: ignore[assignment]
    shop.run()
    keys = [key.split(":")[0] for key in shop.keys()]  # noqa: SIM118 - a list
    assert keys == ["alert", "briefing", "alert", "briefing", "drafted"]
    assert "> In better words." in content(files(shop)[0])


def test_a_pass_that_ends_before_the_model_does_leaves_it_to_the_next(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    ask(shop, incident)
    shop.wording = SlowWording(1_000, lambda: None)  # type: ignore[assignment]
    assert shop.run().rounds < 20
    assert (files(shop), outcomes(shop, incident)) == ([], [None])
    shop.wording = None
    shop.passes(1)
    assert (len(files(shop)), outcomes(shop, incident)) == (1, [Outcome.DONE])


def test_while_slack_is_out_of_reach_it_waits(shop: AlertCompany) -> None:
    incident = shop.fire(WORK)
    shop.run()
    ask(shop, incident)
    shop.fault("slack", kind="500", path="files.", times=50)
    shop.run()
    assert outcomes(shop, incident) == [None]
    shop.fair_weather()
    shop.passes(1)
    assert (len(files(shop)), outcomes(shop, incident)) == (1, [Outcome.DONE])
