"""Does acts in order of urgency, as long as there is time; one that fails does not stop the others."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from toban.clients.once import StillUnknown
from toban.errors import (
    LedgerError,
    PagerDutyRefused,
    PagerDutyUnavailable,
    RemoteError,
    SlackRefused,
    SlackUnavailable,
)
from toban.jobs.alerting.plan import BRIEFING, DOING, LINES, UPDATING, Act
from toban.jobs.alerting.tools import Tools
from toban.jobs.word_draft import NotYet

log = logging.getLogger(__name__)

ROUND_S = 4.0  # after so long of less urgent acts, look whether something urgent came
AT_ONCE_S = 0.05  # a channel that is free so soon is free
UPDATES = 10  # a round: Slack takes about fifty edits a minute
OF_PAGERDUTY = frozenset({DOING, BRIEFING})  # what cannot be done while PagerDuty is out of reach


@dataclass
class Acting:
    """Over the rounds of one pass, until ``end``. ``troubles`` are raised when the pass is over.

    ``waits``: something is being made that may be there in a moment.
    """

    tools: Tools
    clock: Callable[[], float]
    end: float
    done: int = 0
    waits: bool = False
    pending: list[StillUnknown] = field(default_factory=list)
    troubles: list[Exception] = field(default_factory=list)
    _closed: set[int] = field(default_factory=set)

    def do(self, acts: Sequence[Act]) -> int:
        """Do what can be done in time; gives how many are left. ``pending`` are in other hands for now."""
        if self.clock() >= self.end:
            return len(acts)
        self.pending, self.waits = [], False
        waiting = [act for act in _bounded(acts) if act.tier not in self._closed]
        pause = self.clock() + ROUND_S
        while waiting and self.clock() < self.end and (waiting[0].tier < LINES or self.clock() < pause):
            act = self._next(waiting)
            waiting.remove(act)
            self._try(act)
            waiting = [one for one in waiting if one.tier not in self._closed]
        return len(waiting)

    def _next(self, waiting: Sequence[Act]) -> Act:
        """The most urgent act whose channel is free; else the most urgent one, which waits for its turn."""
        free = (act for act in waiting if act.tier == UPDATING or self._wait_s(act) <= AT_ONCE_S)
        return next(free, waiting[0])

    def _wait_s(self, act: Act) -> float:
        try:
            return self.tools.slack.wait_s(self.tools.places.channel_id(act.channel))
        except SlackRefused:
            return 0.0  # doing it says what is wrong with the channel

    def _try(self, act: Act) -> None:
        try:
            self.done += act.do()
        except StillUnknown as error:
            log.info("%s", error)
            self.pending.append(error)
        except NotYet:
            self.waits = True
        except (SlackRefused, PagerDutyRefused) as error:
            self._note(error)
        except SlackUnavailable as error:
            self._note(error)
            # Edits have a limit of their own; where messages are not taken, nothing is.
            self._closed |= {UPDATING} if act.tier == UPDATING else set(range(UPDATING + 1)) - {DOING}
        except PagerDutyUnavailable as error:
            self._note(error)
            self._closed |= OF_PAGERDUTY
        except LedgerError:  # without it nothing can be said once
            raise
        except Exception as error:  # a fault that one alert shows must not keep others from being said
            log.exception("one act failed")
            self.troubles.append(error)

    def _note(self, error: RemoteError) -> None:
        log.warning("%s", error)
        self.troubles.append(error)


def _bounded(acts: Sequence[Act]) -> list[Act]:
    updates = [act for act in acts if act.tier == UPDATING]
    return [*(act for act in acts if act.tier != UPDATING), *updates[:UPDATES]]
