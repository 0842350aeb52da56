"""Keeps a channel's topic and a team's Slack user group in step with who is called first."""

import logging
from collections.abc import Callable, Sequence

from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.domain.announcement.message import in_short
from toban.domain.announcement.nouns import TeamDuty
from toban.domain.language import Language
from toban.domain.mrkdwn import cut
from toban.errors import SlackRefused
from toban.locale import language
from toban.settings import Team

log = logging.getLogger(__name__)

TOPIC_CHARACTERS = 250  # Slack's limit


def keep_in_step(
    teams: Sequence[Team], duties: Sequence[TeamDuty], channel_id: str, *, slack: Slack, people: SlackPeople
) -> list[str]:
    """Set both where the settings ask for it, never in mode observe; gives a sentence for each not done.

    A refusal is a warning and no failure: the announcement itself has been made.
    """
    speaking = [(team, duty) for team, duty in zip(teams, duties, strict=True) if duty.rings]
    warnings = [_keep_group(team, duty, slack, people) for team, duty in speaking if team.user_group]
    topical = [(team, duty) for team, duty in speaking if team.keep_topic]
    if topical:
        topic = _topic([duty for _, duty in topical], language(topical[0][0].language))
        warnings.append(_unless_refused(lambda: slack.set_topic(channel_id, topic)))
    said = [warning for warning in warnings if warning]
    for warning in said:
        log.warning("%s", warning)
    return said


def _topic(duties: Sequence[TeamDuty], say: Language) -> str:
    return cut(
        say.text("On call: {teams}", teams=say.text("; ").join(in_short(duty, say) for duty in duties)),
        TOPIC_CHARACTERS,
    )


def _keep_group(team: Team, duty: TeamDuty, slack: Slack, people: SlackPeople) -> str | None:
    """Replacing by a part would drop somebody who is on duty, and Slack refuses an empty group."""
    if not duty.called_first:
        return f"User group {team.user_group} is left as it is: nobody is on duty for {team.name}."
    found = {person: people.id_of(person) for person in duty.called_first}
    missing = [person.name for person, user_id in found.items() if user_id is None]
    if missing:
        return (
            f"User group {team.user_group} is left as it is: {', '.join(missing)} was not found in Slack; "
            "add the person to slack.user_overrides."
        )
    ids = [user_id for user_id in found.values() if user_id]
    return _unless_refused(lambda: slack.set_user_group(str(team.user_group), ids))


def _unless_refused(act: Callable[[], None]) -> str | None:
    try:
        act()
    except SlackRefused as error:
        return str(error)
    return None
