"""Japanese and English.

English is the text in the code itself; the Japanese catalogue is every ``ja/*.po`` beside this file,
one a part of the product, read once. Dates and numbers come from CLDR through Babel.
"""

from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files

from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from toban.errors import SettingsError
from toban.locale.durations import duration_in_english, duration_in_japanese

LANGUAGES = ("en", "ja")
NOTHING = "–"


class Words:
    """One language; implements `toban.domain.language.Language`."""

    def __init__(self, code: str, catalogue: dict[str, tuple[str, ...]]) -> None:
        self.code = code
        self._catalogue = catalogue

    def text(self, msgid: str, **values: object) -> str:
        """The sentence for an English msgid, with its ``{names}`` filled in."""
        return self._catalogue.get(msgid, (msgid,))[0].format(**values)

    def count(self, singular: str, plural: str, n: int, **values: object) -> str:
        """The sentence for ``n`` things; Japanese has one form for any number."""
        forms = self._catalogue.get(singular, (singular, plural))
        return forms[0 if n == 1 or len(forms) == 1 else 1].format(n=n, **values)

    def day(self, day: date) -> str:
        """``Mon 23 Nov`` or ``11月23日(月)``."""
        return _date(day, "M月d日(EEE)" if self.code == "ja" else "EEE d MMM", self.code)

    def clock(self, moment: datetime) -> str:
        """``09:05``, always 24 hours."""
        return moment.strftime("%H:%M")

    def moment(self, moment: datetime) -> str:
        """Day and clock."""
        return f"{self.day(moment.date())} {self.clock(moment)}"

    def duration(self, seconds: float | None) -> str:
        """The two largest units that matter; a dash for ``None``."""
        if seconds is None:
            return NOTHING
        spell = duration_in_japanese if self.code == "ja" else duration_in_english
        return spell(round(seconds))

    def number(self, value: float, digits: int = 0) -> str:
        """With thousands separators and exactly ``digits`` decimals."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return _decimal(value, pattern, self.code)

    def percent(self, share: float, digits: int = 0) -> str:
        """``share`` 0.25 gives ``25%``."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        return str(format_percent(share, format=pattern, locale=self.code))


# A page writes a thousand of them, and mostly the same ones again.
@lru_cache(maxsize=10_000)
def _decimal(value: float, pattern: str, code: str) -> str:
    return str(format_decimal(value, format=pattern, locale=code))


@lru_cache(maxsize=10_000)
def _date(day: date, pattern: str, code: str) -> str:
    return format_date(day, pattern, locale=code)


@cache
def language(code: str) -> Words:
    """The words of ``en`` or ``ja``; raises SettingsError for any other code."""
    if code not in LANGUAGES:
        raise SettingsError(f"There is no language {code!r}; there are: {', '.join(LANGUAGES)}.")
    return Words(code, {} if code == "en" else _catalogue(code))


def _catalogue(code: str) -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for part in sorted(files(__package__).joinpath(code).iterdir(), key=lambda item: item.name):
        if not part.name.endswith(".po"):
            continue
        with part.open("rb") as source:
            for message in read_po(source, locale=code):
                if not message.id or not message.string:
                    continue
                msgid = message.id if isinstance(message.id, str) else message.id[0]
                text = message.string
                forms[msgid] = (text,) if isinstance(text, str) else tuple(text)
    return forms
