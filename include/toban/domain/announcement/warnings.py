"""What must not be overlooked: levels that ring nobody now, and stretches for which nobody is planned."""

from collections.abc import Iterator, Sequence
from itertools import islice

from toban.domain.announcement.lines import heading, paragraphs
from toban.domain.announcement.nouns import HORIZON, LevelDuty, TeamDuty
from toban.domain.announcement.words import Words
from toban.domain.message import Block
from toban.domain.spans import Span

# A rotation with a hole repeats it, and three show the pattern; twelve lines still fit on a phone. The
# thread has everything.
GAPS_A_LEVEL = 3
LINES = 12

Speaking = tuple[TeamDuty, Words]


def warning_blocks(teams: Sequence[Speaking], words: Words, *, everything: bool = False) -> list[Block]:
    """Vacancies first, then gaps; none where all is well. ``everything`` leaves nothing out."""
    vacant = [line for team, own in teams for line in _vacancy_lines(team, own)]
    planned = [
        line for team, own in teams for line in _gap_lines(team, own, None if everything else GAPS_A_LEVEL)
    ]
    most = None if everything else LINES
    nobody = words.say.text(":rotating_light: *Nobody is on call right now*")
    title = words.say.text(":warning: *Gaps in the next {n} days*", n=HORIZON.days)
    return [*_listed(nobody, vacant, most, words), *_listed(title, planned, most, words)]


def more_gaps_than_shown(teams: Sequence[Speaking]) -> bool:
    """Whether the warnings leave something out, which then belongs into the thread."""
    everything = warning_blocks(teams, teams[0][1], everything=True) if teams else []
    return bool(teams) and everything != warning_blocks(teams, teams[0][1])


def _listed(title: str, lines: Sequence[str], most: int | None, words: Words) -> list[Block]:
    if not lines:
        return []
    shown = list(islice(lines, most))
    left = len(lines) - len(shown)
    if left:
        shown.append(words.say.count("… and {n} more, in the thread", "… and {n} more, in the thread", left))
    return paragraphs([title, *shown])


def _vacancy_lines(team: TeamDuty, words: Words) -> Iterator[str]:
    for duty, level in team.vacancies:
        until = words.until(level.next[0].span.start) if level.next else words.say.text("no end in sight")
        yield words.say.text(
            "• {team}, level {n} ({until})", team=heading(team, duty), n=level.number, until=until
        )


def _gap_lines(team: TeamDuty, words: Words, most: int | None) -> Iterator[str]:
    for duty in team.policies:
        for level in duty.levels:
            coming = _coming(level)
            shown = [_stretch(gap, team, words) for gap in islice(coming, most)]
            if len(coming) > len(shown):
                shown.append("…")
            if shown:
                stretches = words.say.text(", ").join(shown)
                yield words.say.text(
                    "• {team}, level {n}: {stretches}",
                    team=heading(team, duty),
                    n=level.number,
                    stretches=stretches,
                )


def _coming(level: LevelDuty) -> tuple[Span, ...]:
    # A gap that has begun is the vacancy itself, said above.
    return level.gaps[1:] if level.vacant else level.gaps


def _stretch(gap: Span, team: TeamDuty, words: Words) -> str:
    # The plan is not read beyond the horizon, so a gap that reaches it has no known end.
    return words.since(gap.start) if gap.end >= team.at + HORIZON else words.stretch(gap)
