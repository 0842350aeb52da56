"""What people do beside acknowledging and resolving: notes, priorities, fields, calls for help."""

from datetime import datetime

from toban.sandbox.history.case import Case
from toban.sandbox.history.company import Company, Person
from toban.sandbox.history.habits import Habits
from toban.sandbox.history.paging import Acknowledged
from toban.sandbox.history.sources import notes
from toban.sandbox.history.wording import fill

_NOTE_SHARE = {"fault": 0.6, "slow": 0.7, "noise": 0.1, "flap": 0.06}
_SECOND_NOTE_SHARE = 0.2
_AFTERWARDS_SHARE = 0.07
_PRIORITY_CHANGE_SHARE = 0.07
_HELP_SHARE = 0.05
_JOINS_SHARE = 0.8
_FIELD_SHARE = 0.02


def add_asides(case: Case, answer: Acknowledged, end: datetime, company: Company, habits: Habits) -> None:
    """Sprinkle asides between the acknowledgement and `end`."""
    serious = case.arrival.alert.nature in {"fault", "slow"}
    if habits.chance(_NOTE_SHARE[case.arrival.alert.nature]):
        add_note(case, _between(answer.at, end, habits), answer.person, case.arrival.alert.subject, habits)
        if habits.chance(_SECOND_NOTE_SHARE):
            add_note(
                case, _between(answer.at, end, habits), answer.person, case.arrival.alert.subject, habits
            )
    if serious and habits.chance(_PRIORITY_CHANGE_SHARE):
        _change_priority(case, _between(answer.at, end, habits), answer.person, company, habits)
    if serious and (case.arrival.heads_storm or habits.chance(_HELP_SHARE)):
        _call_for_help(case, answer, end, company, habits)
    if serious and habits.chance(_FIELD_SHARE):
        _change_fields(case, _between(answer.at, end, habits), answer.person, habits)


def add_note(case: Case, at: datetime, person: Person, subject: str, habits: Habits) -> None:
    """An annotate entry; the text is the channel's summary, as on the wire."""
    text = fill(habits.rng.choice(notes()[subject][person.language]), habits.rng, case.arrival.host)
    case.log(at, "annotate", person.ref, {"type": "note", "summary": text}, {"note": text})


def add_afterthought(case: Case, habits: Habits) -> None:
    """Some incidents get a note when they are over."""
    if case.resolved_at and case.first_acknowledged and habits.chance(_AFTERWARDS_SHARE):
        at = case.resolved_at + habits.minutes(5, 600)
        add_note(case, at, case.first_acknowledged[1], "afterwards", habits)


def _between(start: datetime, end: datetime, habits: Habits) -> datetime:
    return start + (end - start) * habits.rng.uniform(0.1, 0.95)


def _change_priority(case: Case, at: datetime, person: Person, company: Company, habits: Habits) -> None:
    rows = [row for row in company.priorities[:4] if not case.priority or row["id"] != case.priority["id"]]
    row = habits.rng.choice(rows)
    new = {"id": row["id"], "type": "priority_reference", "summary": row["summary"]}
    old = case.priority["summary"] if case.priority else "none"
    channel = {"type": "website", "summary": f"Priority changed from {old} to {new['summary']}"}
    case.log(at, "priority_change", person.ref, channel, {"priority": new}, priority=new)


def _call_for_help(case: Case, answer: Acknowledged, end: datetime, company: Company, habits: Habits) -> None:
    at = answer.at + (end - answer.at) * habits.rng.uniform(0.05, 0.3)
    helpers = [person for team in company.teams for person in team.members if person is not answer.person]
    helper = habits.rng.choice(helpers)
    message = "手を貸してください" if helper.language == "ja" else "Please help with this incident"
    means = {"asked": helper.ref, "requester": answer.person.ref, "message": message}
    case.log(
        at, "responder_request", answer.person.ref, "website", means, message=message, responders=[helper.ref]
    )
    joins_at = at + habits.minutes(0.5, 9)
    if joins_at < end and habits.chance(_JOINS_SHARE):
        case.log(joins_at, "acknowledge", helper.ref, "mobile", {"joined": True})


def _change_fields(case: Case, at: datetime, person: Person, habits: Habits) -> None:
    if habits.chance(0.5):
        change = f"Updated affected_area to {habits.rng.choice(('checkout', 'search', 'internal', 'all'))}"
        case.log(at, "custom_field_value_change", person.ref, "website", changeset=[change])
    else:
        change = "Updated incident_type to major_incident"
        case.log(
            at,
            "field_value_change",
            person.ref,
            "website",
            {"incident_type": "major_incident"},
            changeset=[change],
        )
