"""The kinds of day that rules tell apart."""

from enum import StrEnum


class DayKind(StrEnum):
    """A public holiday is free, but by itself no legal holiday."""

    WORKDAY = "workday"
    LEGAL_HOLIDAY = "legal_holiday"
    OTHER_HOLIDAY = "other_holiday"
