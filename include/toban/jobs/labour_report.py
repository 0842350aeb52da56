"""Reports a team's labour month: counts it, writes its files, asks each person, and tells the managers."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toban.clients.labour_files import Encoding, write_csv, write_workbook
from toban.clients.ledger import Ledger
from toban.domain.labour.month import Period
from toban.jobs.labour.counting import Counter
from toban.jobs.labour.month import LabourReport, month_report
from toban.jobs.labour.telling import Action, Voice, tell_month
from toban.locale import language


@dataclass(frozen=True)
class Reported:
    """What was done; ``unreached`` are the people (PagerDuty's ids) whom no direct message reaches."""

    report: LabourReport
    files: tuple[Path, ...] = ()
    said: bool = False
    unreached: tuple[str, ...] = ()


def labour_report(
    counter: Counter, ledger: Ledger, period: Period, action: Action, now: datetime, voice: Voice | None
) -> Reported:
    """One labour month of one team; ``preview`` only counts, and without a voice nobody is told.

    Raises WarehouseError for a month that the snapshot does not hold whole, SettingsError, SlackError,
    LedgerError.
    """
    team, say = counter.team, language(counter.team.language)
    counter.require_whole(period)
    report = month_report(counter, ledger, period, say)
    if action == "preview":
        return Reported(report)
    if not report.closing:
        ledger.labour.closings.propose(team.id, report.settlement, now=now)
    files = _written(team.labour.directory, team.id, report, team.labour.csv.encoding)
    if voice is None:
        return Reported(report, files)
    names = [file.name for file in files]
    return Reported(report, files, True, tuple(tell_month(voice, team, report, names, action, say)))


def _written(
    directory: Path | None, team_id: str, report: LabourReport, encoding: Encoding
) -> tuple[Path, ...]:
    if directory is None:
        return ()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    excel, csv = (directory / f"{team_id}-{report.period.name}.{ending}" for ending in ("xlsx", "csv"))
    write_workbook(excel, report.tables)
    write_csv(csv, report.csv, encoding)
    return excel, csv
