"""The announcement's lines: a policy with its levels, and who comes next."""

from collections.abc import Sequence

from toban.domain.announcement.nouns import LevelDuty, PolicyDuty, TeamDuty
from toban.domain.announcement.words import Words
from toban.domain.message import SECTION_CHARACTERS, Block, bold, context, escape, section


def heading(team: TeamDuty, duty: PolicyDuty) -> str:
    """The team's name, with the policy's where the team has several."""
    if len(team.policies) == 1:
        return bold(team.name)
    return f"{bold(team.name)} · {escape(duty.policy.name)}"


def policy_blocks(team: TeamDuty, duty: PolicyDuty, words: Words) -> list[Block]:
    """Who is on duty at each level and, in grey, who is next."""
    lines = [_level_line(level, duty, words) for level in duty.levels] or [_no_levels(duty, words)]
    blocks = [section("\n".join([heading(team, duty), *lines]))]
    coming = [_next_line(level, words) for level in duty.levels if level.next]
    if coming:
        blocks.append(context(["\n".join(coming)]))
    return blocks


def _no_levels(duty: PolicyDuty, words: Words) -> str:
    if duty.policy.known:
        return words.say.text(":rotating_light: No escalation level leads here: nobody is called.")
    return words.say.text(
        ":rotating_light: PagerDuty does not know {id}: correct the team's ids in toban.toml.",
        id=escape(duty.policy.id),
    )


def compact_line(team: TeamDuty, duty: PolicyDuty, words: Words) -> str:
    """Team and first level in one line, for a message that would grow too long."""
    who = _who(duty.first, words, ring=True) if duty.first else _no_levels(duty, words)
    return f"{heading(team, duty)}  {who}"


def _level_line(level: LevelDuty, duty: PolicyDuty, words: Words) -> str:
    first = level is duty.first
    icon = ":pager:" if first else ":telephone_receiver:"  # of one width, so that the lines align
    return words.say.text(
        "{icon} Level {n}: {who}", icon=icon, n=level.number, who=_who(level, words, ring=first)
    )


def _who(level: LevelDuty, words: Words, *, ring: bool) -> str:
    if level.vacant:
        return f":rotating_light: *{words.say.text('nobody')}*"
    return words.people(level.now, ring=ring)


def _next_line(level: LevelDuty, words: Words) -> str:
    return words.say.text(
        "Next on level {n}: {people} {since}",
        n=level.number,
        people=words.names(level.next, ring=False),
        since=words.since(level.next[0].span.start),
    )


def paragraphs(lines: Sequence[str]) -> list[Block]:
    """The lines, one below the other, in as few sections as Slack's limit allows."""
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + len(line) + 1 <= SECTION_CHARACTERS:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line)
    return [section(text) for text in packed]
