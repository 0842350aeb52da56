"""What the commands that read PagerDuty share: its address, its token, days as moments, a progress bar."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from toban.clients.pagerduty import HISTORY_RESERVE, PagerDuty
from toban.settings import PagerDutySettings, Settings
from toban.wiring.access import access, http_address

pagerduty_option = click.option(
    "--pagerduty-url",
    "url",
    envvar="TOBAN_PAGERDUTY_URL",
    callback=lambda _context, _option, value: http_address(value),
    help="PagerDuty's address; by default that of the region in toban.toml, else the US one.",
)
bar_format_option = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A sentence for people; JSON is stable.",
)


def pagerduty_from(url: str | None, settings: Settings | None) -> PagerDuty:
    """PagerDuty with the token from TOBAN_PAGERDUTY_TOKEN or Airflow's connection; raises SettingsError."""
    found = access("TOBAN_PAGERDUTY", "pagerduty_default")
    configured = settings.pagerduty if settings else PagerDutySettings()
    return PagerDuty(found.secret, url or found.url or configured.api_url, reserve=HISTORY_RESERVE)


class Moment(click.ParamType):  # type: ignore[type-arg]  # generic only in the newest click
    """A local day (`2026-01-31`) or a moment (`2026-01-31T10:00:00+09:00`); `end_of_day`: a whole day."""

    name = "day"

    def __init__(self, *, end_of_day: bool = False) -> None:
        self._end_of_day = end_of_day

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment; without a zone it is still naive, see `in_zone`."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(
                f"{value!r} is no day such as 2026-01-31 and no moment such as 2026-01-31T10:00:00Z",
                param,
                ctx,
            )
        is_day = len(value) <= len("2026-01-31")
        return moment + timedelta(days=1) if is_day and self._end_of_day else moment


def in_zone(moment: datetime | None, settings: Settings | None) -> datetime | None:
    """Aware: what was given without a zone is read in the reporting time zone, else in UTC."""
    if moment is None or moment.tzinfo:
        return moment
    zone: tzinfo = ZoneInfo(settings.reporting.time_zone) if settings else UTC
    return moment.replace(tzinfo=zone).astimezone(UTC)


def bar(style: str) -> Progress:
    """A bar on stderr, so that stdout stays for the result; silent for JSON and in logs."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    console = Console(stderr=True)
    silent = style == "json" or not console.is_terminal
    return Progress(*columns, TimeElapsedColumn(), console=console, disable=silent, transient=True)
