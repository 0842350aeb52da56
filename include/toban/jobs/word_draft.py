"""A draft in a language model's words: asked once for each incident, while everything urgent goes on.

The model works in a thread of its own. Whatever it does not do well or in time leaves Toban's own words.
"""

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Thread
from typing import TYPE_CHECKING

from toban.clients.ledger import Ledger
from toban.domain.language import Language
from toban.domain.runbooks.drafts.checking import objection
from toban.domain.runbooks.drafts.quoting import inline
from toban.domain.runbooks.drafts.wording import LONGEST, bare, data, task
from toban.domain.runbooks.drafts.writing import Written, headings
from toban.errors import LanguageModelError, SettingsError

if TYPE_CHECKING:
    from toban.clients.language_model import LanguageModel

log = logging.getLogger(__name__)

GRACE_S = 1.0  # beyond the model's own time-out, which bounds no name server


class NotYet(Exception):
    """The model is at work: ask again in a moment; never leaves a pass."""


class Wording:
    """Of one pass: whatever it began and did not see the end of is worded by Toban in the next.

    ``model`` is made when it is needed; it may raise SettingsError.
    """

    def __init__(
        self,
        model: "Callable[[], LanguageModel]",
        ledger: Ledger,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._model, self._ledger, self._clock = model, ledger, clock
        self._asked: dict[str, _Asked] = {}

    def text(self, incident_id: str, written: Callable[[], Written], say: Language, now: datetime) -> str:
        """The draft's text, which says whose words it has. Raises NotYet, LedgerError, and as ``written``."""
        asked = self._asked.get(incident_id)
        if asked is None:
            plain = written()
            asked = self._begun(incident_id, plain, say.code, now)
            if asked is None:
                return _in_own_words(plain, say)
        if asked.is_at_work() and self._clock() < asked.until:
            raise NotYet
        return asked.text(say)

    def _begun(self, incident_id: str, plain: Written, code: str, now: datetime) -> "_Asked | None":
        if not self._may_ask(incident_id, plain, now):
            return None
        try:
            model = self._model()
        except SettingsError as error:
            log.warning("%s", error)
            return None
        asked = _Asked(model, plain, code, self._clock() + model.timeout_s + GRACE_S)
        self._asked[incident_id] = asked
        return asked

    def _may_ask(self, incident_id: str, plain: Written, now: datetime) -> bool:
        """Once for each incident, whoever was killed meanwhile: written down before it is asked."""
        key = f"draft_wording:{incident_id}"
        if len(plain.sections) > LONGEST or self._ledger.notes.read(key):
            return False
        self._ledger.notes.write(key, {"asked_at": now.isoformat()}, now=now)
        return True


@dataclass
class _Asked:
    """A question to the model; ``sections`` holds its answer once it is there and passed the checks."""

    model: "LanguageModel"
    plain: Written
    code: str
    until: float
    sections: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._thread = Thread(target=self._ask, daemon=True)
        self._thread.start()

    def is_at_work(self) -> bool:
        return self._thread.is_alive()

    def text(self, say: Language) -> str:
        if not self.sections:
            return _in_own_words(self.plain, say)
        remark = say.text(
            "> The wording is by the language model {model}; links, commands and figures are those of the"
            " draft.",
            model=inline(self.model.name),
        )
        return self.plain.text(self.sections[0], remark)

    def _ask(self) -> None:
        mark, own = secrets.token_hex(8), self.plain.sections
        try:
            answer = bare(self.model.answer(task(self.code, mark), data(own, mark)))
        except LanguageModelError as error:
            log.warning("%s", error)
            return
        trouble = objection(answer, own, headings(self.code))
        if trouble:
            log.warning("The language model's wording is not used: %s.", trouble)
        else:
            self.sections.append(answer)


def _in_own_words(plain: Written, say: Language) -> str:
    remark = say.text(
        "> A language model was asked for better words, but there is no answer that could be used: these are"
        " Toban's own."
    )
    return plain.text(remark=remark)
