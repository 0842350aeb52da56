"""A draft becomes a note of the incident only when somebody presses the button, once, in their own name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.button_company import ANN, BEN, CHANNEL, Company, company, team
from toban.clients.ledger.presses import Presses
from toban.domain.alerts import keys
from toban.domain.presses.nouns import NOTE_CHARACTERS, Outcome
from toban.errors import LedgerError

HEAD = "---\ntitle: x\ndraft: true\n---\n\n"
BODY = "> **Draft.** Nobody has reviewed it.\n\n## Meaning\n\n```text\n<!channel> full\n```"


@pytest.fixture
def pay(tmp_path: Path) -> Iterator[Company]:
    with company(tmp_path) as made:
        made.draft(HEAD + BODY + "\n")
        yield made


def drafted(pay: Company) -> dict[str, object]:
    said = pay.ledger.said(keys.drafted(pay.incident["id"]))
    assert said is not None
    return next(each for each in pay.sandbox.messages(CHANNEL) if each["ts"] == said.ts)


def add(pay: Company, by: str = BEN) -> None:
    assert pay.press("draft_note", by, ts=str(drafted(pay)["ts"]))["ok"]


def notes(pay: Company) -> list[tuple[str, str]]:
    return [(each["content"], each["user"]["id"]) for each in pay.world.notes.get(pay.incident["id"], [])]


def test_nothing_is_noted_before_somebody_presses(pay: Company) -> None:
    assert pay.answer() == 0
    assert notes(pay) == []


def test_the_draft_without_its_head_is_the_persons_own_note(pay: Company) -> None:
    add(pay, BEN)
    assert pay.answer() == 1
    assert notes(pay) == [(BODY, "PBEN")]
    assert pay.outcomes() == [("draft_note", Outcome.DONE)]


def test_the_button_is_gone_once_it_is_a_note_and_says_whose(pay: Company) -> None:
    add(pay, BEN)
    pay.answer()
    assert [block["type"] for block in drafted(pay)["blocks"]] == ["section"]  # type: ignore[attr-defined]
    assert "*Ben* added it to the incident as a note." in str(drafted(pay)["text"])


def test_two_people_pressing_make_one_note(pay: Company) -> None:
    add(pay, BEN)
    add(pay, ANN)
    pay.answer()
    assert notes(pay) == [(BODY, "PBEN")]


def test_a_pass_killed_after_the_note_does_not_write_it_again(
    pay: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise LedgerError("killed")

    add(pay, BEN)
    with monkeypatch.context() as patch:
        patch.setattr(Presses, "finish", dies)
        with pytest.raises(LedgerError, match="killed"):
            pay.answer()
    assert pay.after_a_kill() == 1
    assert notes(pay) == [(BODY, "PBEN")]


def test_a_long_draft_is_shortened_and_says_so(pay: Company) -> None:
    lines = "\n".join(f"line {number} " + "x" * 50 for number in range(200))
    pay.ledger.notes.write(keys.draft(pay.incident["id"]), {"text": HEAD + lines}, now=pay.clock.now)
    add(pay)
    pay.answer()
    ((text, _),) = notes(pay)
    assert len(text) <= NOTE_CHARACTERS
    assert text.startswith("line 0 x")
    assert text.endswith(
        "x\n\n(Shortened: the whole draft with its sources is in the incident's thread in Slack.)"
    )


def test_a_note_about_what_is_over_is_taken(pay: Company) -> None:
    pay.press("resolve", ANN)
    add(pay, BEN)
    assert pay.answer() == 2
    assert notes(pay) == [(BODY, "PBEN")]


def test_who_may_not_is_told_so_alone(pay: Company) -> None:
    add(pay, "gus@example.com")
    pay.answer()
    assert pay.told("gus@example.com") == ["Guests may not do that; nothing was done."]
    assert notes(pay) == []


def test_where_toban_may_not_write_nothing_is_noted(tmp_path: Path) -> None:
    with company(tmp_path, teams=[team(mode="announce")]) as pay:
        pay.draft(HEAD + BODY)
        add(pay, BEN)
        pay.answer()
        assert pay.told(BEN) == ["Toban may not write to PagerDuty for this team."]
        assert notes(pay) == []


def test_a_forged_press_of_an_incident_without_a_draft_does_nothing(pay: Company) -> None:
    pay.ledger.notes.write(keys.draft(pay.incident["id"]), None, now=pay.clock.now)
    add(pay, BEN)
    pay.answer()
    assert pay.told(BEN) == ["Toban has no draft for this incident, so nothing was done."]
    assert notes(pay) == []
