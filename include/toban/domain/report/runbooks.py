"""What a team's week says about its runbooks: a few lines, or none where there is nothing to say."""

from collections.abc import Iterable, Sequence

from toban.domain.language import Language
from toban.domain.report.phrases import name_of, titled
from toban.domain.runbooks.coverage import Gap, GapKind
from toban.domain.triage.masks import PLACEHOLDER

TOP = 3  # of each kind: the page has the rest
SERVICES = 2  # named of an alert


def runbook_texts(gaps: Sequence[Gap], say: Language) -> list[str]:
    """One titled text; no text at all where no runbook is missing, wrong or stale.

    An alert that came once and woke nobody is not worth a runbook yet; a stale runbook matters where the
    week's alerts met it.
    """
    missing = sorted(_of(GapKind.MISSING, gaps), key=lambda gap: (-gap.incidents, -gap.night_calls, gap.name))
    worth = [gap for gap in missing if gap.incidents > 1 or gap.night_calls]
    wrong, stale = _of(GapKind.WRONG, gaps), [gap for gap in _of(GapKind.STALE, gaps) if gap.incidents]
    lines = [
        *(_missing(gap, say) for gap in worth[:TOP]),
        *(_wrong(gap, say) for gap in wrong[:TOP]),
        *(_stale(gap, say) for gap in stale[:TOP]),
    ]
    return [titled(say.text("Runbooks"), lines)] if lines else []


def _of(kind: GapKind, gaps: Iterable[Gap]) -> list[Gap]:
    return [gap for gap in gaps if gap.kind is kind]


def _missing(gap: Gap, say: Language) -> str:
    services = say.text(", ").join(name_of(service) for service in gap.services[:SERVICES]) or "–"
    line = say.text(
        "• no runbook: {name} ({services}) × {n}",
        name=name_of(PLACEHOLDER.sub("…", gap.name)),
        services=services,
        n=say.number(gap.incidents),
    )
    if not gap.night_calls:
        return line
    return f"{line} · {say.text('night calls {n}', n=say.number(gap.night_calls))}"


def _wrong(gap: Gap, say: Language) -> str:
    return say.text(
        "• judged wrong: {name} ({wrong} of {of} answers)",
        name=name_of(gap.name),
        wrong=say.number(gap.wrong),
        of=say.number(gap.wrong + gap.helped),
    )


def _stale(gap: Gap, say: Language) -> str:
    return say.text(
        "• stale: {name}, reviewed {day}, met by {n} incidents",
        name=name_of(gap.name),
        day=f"{gap.reviewed}",
        n=say.number(gap.incidents),
    )
