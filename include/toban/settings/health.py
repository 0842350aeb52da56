"""From where on on-call is too much: limits of everybody, and what a team says otherwise."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from toban.settings.forms import Section

FEWEST_PEOPLE = 3  # a sum over fewer tells the others each one's figure


def _on_one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be one line of plain text")
    return text


Source = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_on_one_line)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Limit(Section):
    """The highest value that is still well, and who says so."""

    limit: Annotated[Number, Field(ge=0, le=1_000)]
    source: Source


class ShareLimit(Limit):
    """Of a value that lies between 0 and 1."""

    limit: Annotated[Number, Field(ge=0, le=1)]


class HealthLimits(Section):
    """What may be said for everybody and for a team; what is not said is Toban's own."""

    incidents_per_12_hours: Limit | None = None
    night_shift_share: ShareLimit | None = None
    interrupted_hours_per_week: Limit | None = None
    nights_per_week: Limit | None = None
    gini: ShareLimit | None = None
    max_to_median: Limit | None = None
    rise: Limit | None = None
    night_weight: Annotated[Number, Field(ge=1, le=10)] | None = None
    fewest_shifts: int | None = Field(default=None, ge=1, le=50)
    fewest_people: int | None = Field(default=None, ge=FEWEST_PEOPLE, le=50)
    weeks: int | None = Field(default=None, ge=4, le=52)
    coming_weeks: int | None = Field(default=None, ge=1, le=4)

    @property
    def said(self) -> dict[str, Any]:
        """What was given of these, by its key."""
        given = {name: getattr(self, name) for name in HealthLimits.model_fields}
        return {name: value for name, value in given.items() if value is not None}
