"""The kinds of day as people read them."""

from collections.abc import Mapping

from toban.domain.labour.kinds import DayKind
from toban.domain.language import Language


def kind_names(say: Language) -> Mapping[DayKind, str]:
    """Every kind, in the order of the report's columns."""
    return {
        DayKind.WORKDAY: say.text("working day"),
        DayKind.LEGAL_HOLIDAY: say.text("legal holiday"),
        DayKind.OTHER_HOLIDAY: say.text("other holiday"),
    }
