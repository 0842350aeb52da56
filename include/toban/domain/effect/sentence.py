"""The comparison in one sentence, with what it rests on."""

from toban.domain.effect.estimate import FEWEST
from toban.domain.effect.nouns import SOON_S, Effect, Interval, Verdict
from toban.domain.language import Language


def effect_sentence(effect: Effect, say: Language) -> str:
    """What changed since the day, how sure that is, and n of both sides; or why nothing can be said."""
    return say.text(
        "Among incidents still unacknowledged after {minute} min, {finding} ({basis})",
        minute=say.number(effect.minute),
        finding=_finding(effect, say),
        basis=_basis(effect, say),
    )


def _finding(effect: Effect, say: Language) -> str:
    day = effect.since.isoformat()
    if effect.verdict is Verdict.TOO_FEW:
        return say.text("there are too few comparable ones before and since {day}", day=day)
    if effect.verdict is Verdict.TOO_ALIKE:
        return say.text("those before and since {day} rest on too few separate occasions", day=day)
    if effect.median_change_s is None:
        return _share(effect, day, say)
    return _median(effect, day, say)


def _median(effect: Effect, day: str, say: Language) -> str:
    was, now = say.duration(effect.before.median_s), say.duration(effect.after.median_s)
    if effect.verdict is Verdict.FASTER:
        return say.text(
            "the median further wait fell from {was} to {now} since {day}", was=was, now=now, day=day
        )
    if effect.verdict is Verdict.SLOWER:
        return say.text(
            "the median further wait rose from {was} to {now} since {day}", was=was, now=now, day=day
        )
    return say.text(
        "the median further wait did not clearly change: {was} before {day}, {now} since",
        was=was,
        now=now,
        day=day,
    )


def _share(effect: Effect, day: str, say: Language) -> str:
    """Where half are never acknowledged there is no median: the share acknowledged soon stands in."""
    was, now = (say.percent(side.soon or 0) for side in (effect.before, effect.after))
    minutes = say.number(SOON_S / 60)
    if effect.verdict is Verdict.UNCLEAR:
        return say.text(
            "the share acknowledged within {minutes} more minutes did not clearly change: "
            "{was} before {day}, {now} since",
            minutes=minutes,
            was=was,
            now=now,
            day=day,
        )
    return say.text(
        "the share acknowledged within {minutes} more minutes went from {was} to {now} since {day}",
        minutes=minutes,
        was=was,
        now=now,
        day=day,
    )


def _basis(effect: Effect, say: Language) -> str:
    rests_on = say.text(
        "n {before} and {after}", before=say.number(effect.before.n), after=say.number(effect.after.n)
    )
    if effect.verdict is Verdict.TOO_FEW:
        return say.text("{rests_on}, {needed} needed", rests_on=rests_on, needed=say.number(FEWEST))
    if effect.verdict is Verdict.TOO_ALIKE:
        return rests_on
    return say.text("95% interval {interval}; {rests_on}", interval=_interval(effect, say), rests_on=rests_on)


def _interval(effect: Effect, say: Language) -> str:
    """Of the change: minus is quicker for the median, rarer for the share."""
    if effect.median_change_s is not None:
        low, high = (_signed(end, say.duration(abs(end))) for end in _ends(effect.median_change_s))
        return say.text("{low} to {high}", low=low, high=high)
    low, high = (_signed(end, say.number(abs(end) * 100)) for end in _ends(effect.soon_change))
    return say.text("{low} to {high} points", low=low, high=high)


def _ends(interval: Interval | None) -> tuple[float, float]:
    return (interval.low, interval.high) if interval else (0.0, 0.0)


def _signed(value: float, words: str) -> str:
    return f"{'−' if value < 0 else '+' if value > 0 else '±'}{words}"
