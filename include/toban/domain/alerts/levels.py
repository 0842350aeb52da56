"""Levels of an escalation policy: where an incident is, and who comes next."""

from collections.abc import Collection, Iterable, Mapping

from toban.domain.people import Person

Levels = Mapping[int, tuple[Person, ...]]  # who is on call now, by level; a level with nobody may be missing


def current_level(asked: Collection[str], levels: Levels, at_least: int) -> int:
    """The level on which those asked are on call, from ``at_least`` on.

    One person may stand on several levels, so the level known from what happened decides; after
    PagerDuty began the policy anew, the people do.
    """
    theirs = [level for level, people in levels.items() if any(one.id in asked for one in people)]
    above = [level for level in theirs if level >= at_least]
    return min(above or theirs or [at_least])


def next_level(current: int, levels: Levels, asked: Collection[str] = ()) -> int | None:
    """The next level above with somebody on call who is not asked yet; None where there is none."""
    manned = (
        level
        for level, people in levels.items()
        if level > current and any(one.id not in asked for one in people)
    )
    return min(manned, default=None)


def first_manned(levels: Levels) -> int | None:
    """The lowest level with somebody on call; None where nobody is on call at all."""
    return next_level(0, levels)


def everybody(levels: Levels) -> tuple[Person, ...]:
    """All who are on call, lowest level first, each once."""
    return unique(person for level in sorted(levels) for person in levels[level])


def unique(people: Iterable[Person]) -> tuple[Person, ...]:
    """Each person once, in order."""
    return tuple({person.id: person for person in people}.values())
