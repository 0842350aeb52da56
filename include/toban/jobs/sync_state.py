"""What the sync remembers between runs, kept in the warehouse beside the rows it speaks of."""

import json
from datetime import UTC, datetime

from toban.clients.pagerduty import RateLimit
from toban.clients.warehouse import Writer
from toban.domain.coverage import Coverage
from toban.domain.spans import Span

COVERED = "covered"  # all stretches, [[start, end], …]; the two below are the ends of the last one
COVERED_SINCE, SYNCED_UNTIL = "covered_since", "synced_until"
DIRECTORY_SYNCED_AT = "directory_synced_at"
SHIFTS = "shifts"  # the stretch for which on-call shifts were read
REMOTE_TOTAL = "remote_total"
RATE_LIMIT = "rate_limit"  # {limit, remaining, at}, as the last run saw it


def read_coverage(writer: Writer) -> Coverage:
    """The stretches of history that are stored without a gap."""
    return Coverage(tuple(_spans(writer.state(COVERED))))


def write_coverage(writer: Writer, coverage: Coverage) -> None:
    """Remember the coverage; the caller's transaction holds the rows too."""
    if coverage.main is None:
        return
    writer.set_state(COVERED, json.dumps([_pair(span) for span in coverage.spans]))
    writer.set_state(COVERED_SINCE, iso(coverage.main.start))
    writer.set_state(SYNCED_UNTIL, iso(coverage.main.end))


def read_span(writer: Writer, name: str) -> Span | None:
    """A single stretch under that name."""
    return next(iter(_spans(writer.state(name))), None)


def write_span(writer: Writer, name: str, span: Span) -> None:
    """Remember a single stretch."""
    writer.set_state(name, json.dumps([_pair(span)]))


def read_moment(writer: Writer, name: str) -> datetime | None:
    """A moment under that name."""
    text = writer.state(name)
    return datetime.fromisoformat(text) if text else None


def write_rate_limit(writer: Writer, seen: RateLimit | None, now: datetime) -> None:
    """Remember what remained of PagerDuty's rate limit, if it told."""
    if seen is not None:
        told = {"limit": round(seen.limit), "remaining": round(seen.remaining), "at": iso(now)}
        writer.set_state(RATE_LIMIT, json.dumps(told))


def iso(moment: datetime) -> str:
    """UTC, as `2026-11-22T10:00:00+00:00`."""
    return moment.astimezone(UTC).isoformat()


def _spans(text: str | None) -> list[Span]:
    pairs = json.loads(text) if text else []
    return [Span(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in pairs]


def _pair(span: Span) -> list[str]:
    return [iso(span.start), iso(span.end)]
