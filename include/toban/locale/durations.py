"""Durations as people say them: at most two units, so that they are read at a glance."""

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86_400


def duration_in_english(seconds: int) -> str:
    """``45 s``, ``4 min 30 s``, ``2 h 5 min``, ``3 d 4 h``; a minus sign for the past."""
    return _spell(seconds, ("{} d", "{} h", "{} min", "{} s"), " ")


def duration_in_japanese(seconds: int) -> str:
    """``45秒``, ``4分30秒``, ``2時間5分``, ``3日4時間``."""
    return _spell(seconds, ("{}日", "{}時間", "{}分", "{}秒"), "")


def _spell(seconds: int, units: tuple[str, str, str, str], between: str) -> str:
    sign, rest = ("-" if seconds < 0 else ""), abs(seconds)
    amounts = (
        rest // DAY_S,
        rest % DAY_S // HOUR_S,
        rest % HOUR_S // MINUTE_S,
        rest % MINUTE_S,
    )
    first = next((i for i, amount in enumerate(amounts) if amount), 3)
    shown = [units[i].format(amounts[i]) for i in range(first, min(first + 2, 4)) if amounts[i] or i == first]
    return sign + between.join(shown)
