"""Which runbooks deserve a look although their files are valid. Every problem names a file and what to do."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from toban.domain.runbooks.ambiguity import Matched, ambiguous
from toban.domain.runbooks.matching import match
from toban.domain.runbooks.nouns import PastAlert, Problem, Runbook


def review(
    runbooks: Sequence[Runbook], past: Sequence[PastAlert], today: date, stale_after_days: int
) -> list[Problem]:
    """All that is found; ``past`` are alerts that really fired, none where nobody knows."""
    found = [(each, match(each.alert, runbooks)) for each in past]
    problems = ambiguous(runbooks, found)
    for runbook in runbooks:
        problems += [*_age(runbook, today, stale_after_days), *_other_language(runbook)]
    if past:
        problems += _unused(runbooks, found, sum(each.times for each in past))
    return problems


def _age(runbook: Runbook, today: date, stale_after_days: int) -> Iterator[Problem]:
    for version in runbook.versions:
        reviewed = version.reviewed
        if reviewed > today + timedelta(days=1):  # tomorrow has begun somewhere
            text = f"was reviewed on {reviewed}, which is yet to come; write the day it was read last."
            yield Problem(version.file, None, "error", "invalid", text)
        elif (today - reviewed).days > stale_after_days:
            days = f"{(today - reviewed).days} days ago ({stale_after_days} are the most)"
            text = f"was reviewed {days}; {version.owner} should read it again and renew the date."
            yield Problem(version.file, None, "warning", "stale", text)


def _other_language(runbook: Runbook) -> Iterator[Problem]:
    if len(runbook.versions) == 1:
        only = runbook.versions[0]
        missing = f"{runbook.id}.ja.md" if only.language == "en" else f"{runbook.id}.md"
        text = f"is read by teams of both languages, as there is no usable {missing}; write or mend it."
        yield Problem(only.file, None, "warning", "missing-version", text)


def _unused(runbooks: Sequence[Runbook], found: Iterable[Matched], alerts: int) -> Iterator[Problem]:
    used = {each.runbook.id for _, matches in found for each in matches}
    for runbook in runbooks:
        if runbook.id not in used:
            text = f"belongs to none of the last {alerts} alerts; see that its rules say what the alerts say."
            yield Problem(runbook.versions[0].file, None, "warning", "unused", text)
