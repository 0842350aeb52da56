"""A takeover is told from what was announced, and said in one sentence."""

from datetime import timedelta
from typing import Any

from duty_samples import TOKYO, duty, local, shift
from toban.domain.announcement.nouns import TeamDuty
from toban.domain.announcement.words import Words
from toban.domain.shifts import Shift
from toban.domain.takeover import announced_now, takeover_message, takeovers
from toban.locale import language

TEN = local(TOKYO, 2026, 11, 23, 10)
HOUR = timedelta(hours=1)
MENTIONS = {"PBEN": "<@U2>", "PCLEO": "<@U3>"}


def at(hour: int, *shifts: Shift, **more: Any) -> TeamDuty:
    return duty(TOKYO, TEN + (hour - 10) * HOUR, shifts, **more)


ANN = shift("Ann", TEN, TEN + 24 * HOUR)
ANN_BEFORE, BEN, ANN_AFTER = (
    shift("Ann", TEN, TEN + 3 * HOUR),
    shift("Ben", TEN + 3 * HOUR, TEN + 8 * HOUR),
    shift("Ann", TEN + 8 * HOUR, TEN + 24 * HOUR),
)
SAID = announced_now([at(10, ANN)])


def sentences(team: TeamDuty, code: str = "en", said: Any = SAID) -> list[str]:
    words = Words(language(code), team.zone, team.at, MENTIONS if team.rings else {})
    return [
        takeover_message(change, [team], words).blocks[0]["text"]["text"]
        for change in takeovers(team, said, TEN)
    ]


def test_nothing_is_said_while_the_announced_person_is_on_duty() -> None:
    assert sentences(at(12, ANN_BEFORE, BEN, ANN_AFTER)) == []


def test_an_override_in_the_middle_of_the_day_is_said_and_its_person_mentioned() -> None:
    team = at(13, ANN_BEFORE, BEN, ANN_AFTER)
    assert sentences(team) == ["*Payments*: from 13:00 <@U2> is on duty (until 18:00) instead of Ann."]
    assert sentences(team, "ja") == [
        "*Payments*: 本日 13:00 から Annさんに代わって<@U2>さんが担当します（本日 18:00 まで）。"
    ]


def test_so_is_the_return_of_the_first_person() -> None:
    said = announced_now([at(13, ANN_BEFORE, BEN, ANN_AFTER)])
    assert sentences(at(18, ANN_BEFORE, BEN, ANN_AFTER), said=said) == [
        "*Payments*: from 18:00 Ann is on duty (until 10:00 tomorrow) instead of Ben."
    ]


def test_an_override_that_reaches_back_before_the_announcement_is_told_all_the_same() -> None:
    backdated = shift("Ben", TEN - HOUR, TEN + 8 * HOUR)
    assert sentences(at(11, backdated, ANN_AFTER)) == [
        "*Payments*: from 11:00 <@U2> is on duty (until 18:00) instead of Ann."
    ]


def test_somebody_put_into_the_policy_itself_has_no_beginning() -> None:
    assert sentences(at(11, shift("Ben", schedule=None))) == [
        "*Payments*: from 11:00 <@U2> is on duty (always on call) instead of Ann."
    ]


def test_a_second_person_comes_and_goes() -> None:
    team = at(13, ANN, BEN)
    assert sentences(team) == ["*Payments*: from 13:00 <@U2> is on duty as well (until 18:00)."]
    assert sentences(at(18, ANN, BEN), said=announced_now([team])) == [
        "*Payments*: Ben is off duty. Ann stays on duty."
    ]


def test_two_who_come_together_are_on_duty_in_good_english() -> None:
    both = at(13, ANN_BEFORE, BEN, shift("Cleo", BEN.start, BEN.end))
    assert sentences(both) == [
        "*Payments*: from 13:00 <@U2>, <@U3> are on duty (until 18:00) instead of Ann."
    ]
    assert sentences(at(18, ANN_AFTER), said=announced_now([both]))[0].endswith("instead of Ben, Cleo.")
    assert "*: Ben, Cleo are off duty." in sentences(at(18), said=announced_now([both]))[0]


def test_a_level_that_becomes_empty_is_an_alarm() -> None:
    [sentence] = sentences(at(13, ANN_BEFORE, ANN_AFTER))
    assert sentence == (
        "*Payments*: :rotating_light: *Nobody is on call right now on level 1*: Ann is off duty. "
        "Next: Ann from 18:00."
    )


def test_in_mode_observe_nobody_is_mentioned() -> None:
    [sentence] = sentences(at(13, ANN_BEFORE, BEN, ANN_AFTER, rings=False))
    assert ": from 13:00 Ben is on duty" in sentence


def test_the_notification_names_and_never_rings() -> None:
    team = at(13, ANN_BEFORE, BEN, ANN_AFTER)
    [change] = takeovers(team, SAID, TEN)
    message = takeover_message(change, [team], Words(language("en"), TOKYO, team.at, MENTIONS))
    assert message.text == "Payments: from 13:00 Ben is on duty (until 18:00) instead of Ann."


def test_a_change_keeps_its_mark_and_differs_from_every_other() -> None:
    def mark(team: TeamDuty, said: Any = SAID) -> str:
        [change] = takeovers(team, said, TEN)
        return change.mark

    came = mark(at(13, ANN_BEFORE, BEN, ANN_AFTER))
    assert came == mark(at(17, ANN_BEFORE, BEN, ANN_AFTER)) == "PAY:PBEN@2026-11-23T04:00Z"
    again = shift("Ben", TEN + 9 * HOUR, TEN + 12 * HOUR)
    assert came != mark(at(20, again))
    assert came != mark(at(13, ANN_BEFORE, ANN_AFTER))


def test_a_policy_that_was_not_announced_is_left_to_the_next_announcement() -> None:
    assert takeovers(at(13, shift("Ben", policy="NEW")), SAID, TEN) == []
