"""Settings and secrets become clients. Everything real is made here, and only here."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

from toban.clients.announced import AnnouncedPeople
from toban.clients.heartbeat import Heartbeat
from toban.clients.ledger import Ledger
from toban.clients.ledger.backup import LedgerBackup
from toban.clients.messenger import Messenger
from toban.clients.pagerduty import PATIENCE_S, TIMEOUT_S, PagerDuty
from toban.clients.slack import Slack
from toban.clients.slack_people import SlackPeople
from toban.clients.warehouse import Warehouse
from toban.jobs.announce_shifts import Voice
from toban.settings import LanguageModelSettings, Settings, load_settings, settings_path
from toban.wiring.access import access, ledger_url, optional_secret
from toban.wiring.stores import open_store

if TYPE_CHECKING:
    from toban.clients.language_model import LanguageModel

SLACK_URL = "https://slack.com/api/"


class Haste(TypedDict, total=False):
    """How soon Slack's client gives up; by default it is patient."""

    timeout_s: int
    tries: int
    longest_wait_s: float


def settings() -> Settings:
    """The settings of this installation; raises SettingsError."""
    return load_settings(settings_path())


def warehouse_directory(configured: Settings) -> Path:
    """`TOBAN_WAREHOUSE`, else what the settings say."""
    return Path(os.environ.get("TOBAN_WAREHOUSE", configured.warehouse.directory))


def warehouse(configured: Settings) -> Warehouse:
    """The warehouse in that directory."""
    return Warehouse(warehouse_directory(configured), configured.warehouse, open_store)


def pagerduty(
    configured: Settings,
    *,
    reserve: float = 0.0,
    patience_s: float = PATIENCE_S,
    timeout_s: float = TIMEOUT_S,
) -> PagerDuty:
    """PagerDuty; ``reserve`` is the share of the rate limit left to others; for the rest see its client."""
    found = access("TOBAN_PAGERDUTY", "pagerduty_default")
    url = found.url or configured.pagerduty.api_url
    return PagerDuty(
        found.secret,
        url,
        from_email=configured.pagerduty.from_email,
        reserve=reserve,
        patience_s=patience_s,
        timeout_s=timeout_s,
    )


def slack(**how: Unpack[Haste]) -> Slack:
    """Slack, as the bot whose token it is."""
    found = access("TOBAN_SLACK", "slack_api_default")
    return Slack(found.secret, found.url or SLACK_URL, **how)


def ledger(*, keeps: bool = False) -> Ledger:
    """The ledger, its tables up to date; ``keeps`` one connection, where many short questions follow."""
    book = Ledger(ledger_url("toban_ledger"), keeps=keeps)
    book.migrate()
    return book


def messenger(on: Slack) -> Messenger:
    """Exactly-once posting through that Slack."""
    return Messenger(ledger(), on)


def voice(on: Slack) -> Voice:
    """What an announcement speaks with."""
    book = ledger()
    return Voice(on, Messenger(book, on), AnnouncedPeople(book))


def ledger_backup() -> LedgerBackup:
    """The ledger, to be copied or replaced as a whole."""
    return LedgerBackup(ledger_url("toban_ledger"))


def heartbeat() -> Heartbeat:
    """The dead man's switch outside that a pass pings; without an address it does nothing."""
    return Heartbeat(optional_secret("TOBAN_HEARTBEAT_URL", "toban_heartbeat"))


def language_model(chosen: LanguageModelSettings) -> "LanguageModel":
    """What words drafts; a model on this machine needs no key. Raises SettingsError."""
    from toban.clients.language_model import LanguageModel  # noqa: PLC0415 - httpx only for who has one

    key = optional_secret("TOBAN_LLM_KEY", "toban_llm")
    return LanguageModel(chosen.base_url, chosen.model, key, timeout_s=chosen.timeout_s)


def people(configured: Settings, on: Slack) -> SlackPeople:
    """PagerDuty's people as Slack's."""
    return SlackPeople(on, configured.slack.user_overrides)
