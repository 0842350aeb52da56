"""What people said of runbooks, with the alert it was said of, on both engines."""

from datetime import timedelta

from clients.ledger.alert_rows import NOW, thread
from toban.clients.ledger import Ledger
from toban.domain.alerts.nouns import Alert
from toban.domain.presses.nouns import Action, Outcome, Press
from toban.domain.runbooks.nouns import AlertText
from toban.domain.runbooks.search.memory import Confirmed

MINUTE = timedelta(minutes=1)


def press(
    ledger: Ledger, number: int, action: Action, outcome: Outcome = Outcome.DONE, minutes: int = 0
) -> None:
    made = Press(f"{action}:Q{number}:U1", f"Q{number}", action, "U1", "T1", None, NOW)
    ledger.presses.record(made)
    ledger.presses.finish(made, outcome, incident_id=f"Q{number}", now=NOW + minutes * MINUTE)


def test_opinions_come_newest_first_with_their_alert_and_runbook(ledger: Ledger) -> None:
    told = thread(
        1,
        runbook_id="disk-full",
        alert=Alert("Datadog", "critical", "用量 97 %"),
        service_id="PSHOP",
        service="Shop",
    )
    ledger.threads.save([told, thread(2, runbook_id="tape", title="Tape torn")], now=NOW)
    press(ledger, 1, Action.HELPED)
    press(ledger, 2, Action.WRONG, minutes=1)
    assert ledger.opinions.about_runbooks(NOW) == [
        Confirmed(AlertText("Tape torn"), "tape", helped=False, origin="Tape torn"),
        Confirmed(
            AlertText("Disk 90 % full", "用量 97 %", "PSHOP", "Shop", "Datadog", "critical"),
            "disk-full",
            helped=True,
            origin="Disk <n> % full",
        ),
    ]


def test_firings_of_one_alert_have_one_origin_and_a_nameless_one_its_incident(ledger: Ledger) -> None:
    titles = ("Disk 90 % full", "Disk 91 % full", "")
    told = [thread(n, runbook_id="disk-full", title=title) for n, title in enumerate(titles, 1)]
    ledger.threads.save(told, now=NOW)
    for n in (1, 2, 3):
        press(ledger, n, Action.HELPED, minutes=n)
    origins = [each.origin for each in ledger.opinions.about_runbooks(NOW)]
    assert origins == ["Q3", "Disk <n> % full", "Disk <n> % full"]


def test_what_is_no_opinion_of_a_runbook_or_too_old_is_left_out(ledger: Ledger) -> None:
    ledger.threads.save([thread(1, runbook_id="disk-full"), thread(2)], now=NOW)
    press(ledger, 1, Action.NO_ACTION)
    press(ledger, 1, Action.WRONG, Outcome.REFUSED)
    press(ledger, 2, Action.HELPED)
    press(ledger, 1, Action.HELPED)
    assert len(ledger.opinions.about_runbooks(NOW)) == 1
    assert ledger.opinions.about_runbooks(NOW + MINUTE) == []


def test_answers_are_counted_by_incident_and_say_nobodys_name(ledger: Ledger) -> None:
    for person, minutes in (("U1", 0), ("U2", 5)):
        made = Press(f"no_action:Q1:{person}", "Q1", Action.NO_ACTION, person, "T1", None, NOW)
        ledger.presses.record(made)
        ledger.presses.finish(made, Outcome.DONE, incident_id="Q1", now=NOW + minutes * MINUTE)
    press(ledger, 1, Action.WRONG, Outcome.FAILED)
    press(ledger, 1, Action.ACKNOWLEDGE)
    press(ledger, 2, Action.HELPED, minutes=1)
    both = [
        {
            "incident_id": "Q1",
            "answer": "no_action",
            "people": 2,
            "first_said_at": NOW,
            "last_said_at": NOW + 5 * MINUTE,
        },
        {
            "incident_id": "Q2",
            "answer": "runbook_helped",
            "people": 1,
            "first_said_at": NOW + MINUTE,
            "last_said_at": NOW + MINUTE,
        },
    ]
    assert ledger.opinions.counts(NOW) == both
    assert ledger.opinions.counts(NOW + 2 * MINUTE) == both[:1]
    assert ledger.copies(NOW)["alert_feedback"] == both
