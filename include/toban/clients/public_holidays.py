"""Public holidays of a country, substitutes included, from the library that keeps them."""

from collections.abc import Iterable
from datetime import date

import holidays

from toban.errors import SettingsError


def public_holidays(country: str, years: Iterable[int]) -> frozenset[date]:
    """Those of a country (``JP``) or its part (``DE-BY``) in these years; raises SettingsError for others."""
    code, _, part = country.partition("-")
    try:
        return frozenset(holidays.country_holidays(code, subdiv=part or None, years=years))
    except NotImplementedError as error:
        raise SettingsError(
            f"labour: the public holidays of {country!r} are not known; give a country such as JP or DE-BY."
        ) from error
