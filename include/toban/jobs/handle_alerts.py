"""Each minute, and whenever a receiver wakes it: what is missing is said and done, until nothing is.

A pass goes round: it looks, saves what it decided, and acts, most urgent first. After a few seconds of
acting it looks again, so that an alert that fires meanwhile waits for nothing. Whatever there is no time
for is found missing by the next pass; so is everything that a killed one left undone.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from toban.jobs.alerting.acting import Acting
from toban.jobs.alerting.cases import cases_and_groups
from toban.jobs.alerting.closing import close
from toban.jobs.alerting.note_edits import save_edits
from toban.jobs.alerting.picture import commit, look
from toban.jobs.alerting.plan import UPDATING, Act, missing
from toban.jobs.alerting.threads import bring_up_to_date
from toban.jobs.alerting.tools import Tools

log = logging.getLogger(__name__)

PASS = timedelta(seconds=20)  # the next pass, in a minute at most, goes on
LEAST_S = 10.0  # so much time a pass has for acting, at the least
PENDING_S = 2.0  # how long to wait for what another process is saying, or for a draft that is being worded


@dataclass(frozen=True)
class Summary:
    """Of one pass: rounds, acts done, and acts left to the next one."""

    rounds: int
    done: int
    left: int


def handle_alerts(
    tools: Tools,
    *,
    first: Callable[[], object] = lambda: None,
    last: Callable[[], object] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Summary:
    """One pass; ``first`` begins each round, ``last`` ends a pass that saw PagerDuty.

    Raises PagerDutyError, SlackError and LedgerError.

    What is refused, such as a channel that is archived, concerns one thread: the others are served
    before it is raised.
    """
    acting = Acting(tools, clock, end=clock() + PASS.total_seconds())
    rounds = 0
    while True:
        first()
        acts, behind = _round(tools, acting)
        rounds += 1
        if rounds == 1:  # however slow the look was, whoever is on duty is called
            acting.end = max(acting.end, clock() + LEAST_S)
        before = acting.done
        left = acting.do(acts)
        idle = acting.done == before and not behind
        if clock() >= acting.end or (idle and not acting.pending and not acting.waits):
            break
        if idle:
            sleep(PENDING_S)
    last()
    if acting.troubles or acting.pending:
        raise (acting.troubles or acting.pending)[0]
    return Summary(rounds, acting.done, left)


def _round(tools: Tools, acting: Acting) -> tuple[list[Act], bool]:
    """Look, and save what follows; gives what there is to do, and whether more of the log is to be read."""
    picture = look(tools)
    if picture.trouble is not None:
        acting.troubles.append(picture.trouble)
    threads = bring_up_to_date(tools, picture)
    commit(tools, picture)
    cases, groups = cases_and_groups(tools, picture, threads)
    close(tools, picture, cases, groups)
    edits = Act(UPDATING, tools.settings.fallback_channel, partial(save_edits, tools, picture, cases))
    return [*missing(tools, picture, cases, groups), edits], picture.until < picture.at
