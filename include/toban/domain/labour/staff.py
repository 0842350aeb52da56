"""Who the people are to the labour office."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Staff:
    """``name`` is PagerDuty's; the number and the legal name are None where no people file tells them.

    ``zone`` is the one whose days and nights count for the person.
    """

    person_id: str
    name: str
    zone: ZoneInfo
    employee_number: str | None = None
    legal_name: str | None = None
