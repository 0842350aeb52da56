"""Moments as pages write them: on the clock of the chosen zone, with the year where it is not this one."""

from datetime import date, datetime, tzinfo

from babel.dates import format_date

from toban.domain.language import Language


def when(moment: datetime | None, zone: tzinfo, say: Language) -> str:
    """``Sat 28 Nov 16:01``, ``Mon 8 Dec 2025 11:27``; ``2025年12月8日(月) 11:27``; a dash for None."""
    if moment is None:
        return "–"
    local = moment.astimezone(zone)
    if local.year == datetime.now(zone).year:
        return say.moment(local)
    if say.code == "ja":
        return f"{local.year}年{say.moment(local)}"
    return f"{say.day(local.date())} {local.year} {say.clock(local)}"


def short_day(day: date, say: Language) -> str:
    """``28 Nov`` or ``11/28``, where there is little room."""
    return format_date(day, "M/d" if say.code == "ja" else "d MMM", locale=say.code)
