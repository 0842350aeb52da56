"""Everything that can go wrong in Toban, as one tree.

TobanError                  a person can understand it: one sentence, no stack trace
├── UsageError              the command was used wrongly (exit code 2)
│   └── SettingsError       toban.toml or the environment holds something unknown or unsafe
├── RemoteError             a system outside did not do what it was asked
│   ├── PagerDutyError
│   │   ├── PagerDutyUnavailable    it did not answer in time, also after retries: try again later
│   │   └── PagerDutyRefused        it answered no: its own words are in the message
│   ├── SlackError
│   │   ├── SlackUnavailable
│   │   └── SlackRefused
│   ├── AirflowError        its REST API did not take a wake-up
│   └── LanguageModelError  it gave no wording, or none in time
├── WarehouseError
│   ├── WarehouseBusy       another writer holds the lock
│   ├── DataTestFailed      stored rows contradict a rule; nothing was published
│   ├── NoSnapshot          nothing has been published yet
│   ├── QueryRefused        a query is not a single SELECT, or the engine refused it
│   ├── QueryStopped        a query took more time, memory or room than it may
│   └── ConsoleFull         as many queries run and wait as may
├── LedgerError             the ledger cannot be read or written
├── PictureFailed           a chart or table could not be drawn as a picture
├── BackupError             a backup cannot be made, or is none that can be restored here
└── BodyRefused             what a monitoring tool sent is no alert that can be understood

Each message gives the value, the rule and the next step.
"""


class TobanError(Exception):
    """Root of the tree; the command line prints it as one sentence and exits with 1."""


class UsageError(TobanError):
    """The command was used wrongly."""


class SettingsError(UsageError):
    """A setting is unknown, missing or unsafe; the message names its key."""


class RemoteError(TobanError):
    """A system outside did not do what it was asked."""


class PagerDutyError(RemoteError):
    """PagerDuty could not be used."""


class PagerDutyUnavailable(PagerDutyError):
    """PagerDuty did not answer usefully, also after retries."""


class PagerDutyRefused(PagerDutyError):
    """PagerDuty answered no; ``status`` is that of its answer, such as 404, where it gave one.

    ``code`` is PagerDuty's own number for the reason, such as 1001, where its answer names one.
    """

    def __init__(self, message: str, *, status: int | None = None, code: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class SlackError(RemoteError):
    """Slack could not be used."""


class SlackUnavailable(SlackError):
    """Slack did not answer usefully, also after retries."""


class SlackRefused(SlackError):
    """Slack answered no; ``code`` is Slack's own error code, such as ``channel_not_found``."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class AirflowError(RemoteError):
    """Airflow's REST API could not be used."""


class LanguageModelError(RemoteError):
    """A language model could not be used."""


class WarehouseError(TobanError):
    """The warehouse could not be used."""


class WarehouseBusy(WarehouseError):
    """Another writer holds the warehouse's lock."""


class DataTestFailed(WarehouseError):
    """Stored rows contradict a rule; nothing was published."""


class NoSnapshot(WarehouseError):
    """Nothing has been published yet."""


class QueryRefused(WarehouseError):
    """A query is not a single SELECT, or the engine refused it.

    ``code`` says why: ``engine`` in the engine's own words, else what the console does not answer, and
    ``name`` of what; ``place`` is line and column, both from 1, where the reason has one.
    """

    def __init__(
        self, message: str, *, code: str = "engine", name: str = "", place: tuple[int, int] | None = None
    ) -> None:
        super().__init__(message)
        self.code, self.name, self.place = code, name, place


class QueryStopped(WarehouseError):
    """A query took more than it may; ``code`` says of what: ``time``, ``memory`` or ``size``."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


class ConsoleFull(WarehouseError):
    """As many queries run and wait as may."""


class LedgerError(TobanError):
    """The ledger could not be read or written."""


class PictureFailed(TobanError):
    """A chart or table could not be drawn as a picture, or not in time."""


class BackupError(TobanError):
    """A backup could not be made, or cannot be restored here."""


class BodyRefused(TobanError):
    """What a monitoring tool sent is no alert that can be understood."""
