"""The ledger's tables as SQLAlchemy sees them; sql/ledger/ makes them."""

from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    Double,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, UTC in both directions; SQLite keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database; a naive moment is a mistake and fails here."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; the ledger takes aware datetimes only")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


METADATA = MetaData()

messages = Table(
    "ledger_messages",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("kind", Text),
    Column("form", Text),
    Column("channel", Text),
    Column("thread_ts", Text),
    Column("ts", Text),
    Column("status", Text),
    Column("reason", Text),
    Column("content_hash", Text),
    Column("claimant", Text),
    Column("claimed_at", Moment),
    Column("lease_until", Moment),
    Column("created_at", Moment),
    Column("posted_at", Moment),
    Column("changed_at", Moment),
    Column("about", Text),
)

notes = Table(
    "ledger_notes",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("content", Text),
    Column("changed_at", Moment),
)

threads = Table(
    "ledger_threads",
    METADATA,
    Column("incident_id", Text, primary_key=True),
    Column("team_id", Text),
    Column("channel", Text),
    Column("root", Text),
    Column("form", Text),
    Column("part", Integer),
    Column("title", Text),
    Column("number", Integer),
    Column("status", Text),
    Column("round", Integer),
    Column("round_at", Moment),
    Column("round_seen_at", Moment),
    Column("round_level", Integer),
    Column("asked", Text),
    Column("silenced_round", Integer),
    Column("tool", Text),
    Column("severity", Text),
    Column("body", Text),
    Column("runbook_id", Text),
    Column("seen_at", Moment),
    Column("touched_at", Moment),
    Column("closed_at", Moment),
    Column("changed_at", Moment),
    Column("mention_at", Moment),
    Column("service_id", Text),
    Column("service", Text),
)

readings = Table(
    "ledger_readings",
    METADATA,
    Column("incident_id", Text, primary_key=True),
    Column("said_at", Moment),
    Column("verdict", Text),
    Column("reason", Text),
    Column("probability", Double),
    Column("like_ended", Integer),
    Column("like_of", Integer),
    Column("model", Text),
    Column("runbook_id", Text),
    Column("by_rule", Boolean),
)

lines = Table(
    "ledger_lines",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("incident_id", Text),
    Column("root", Text),
    Column("message", Text),
    Column("text", Text),
    Column("created_at", Moment),
)

presses = Table(
    "ledger_presses",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("incident_id", Text),
    Column("action", Text),
    Column("value", Text),
    Column("slack_user", Text),
    Column("slack_team", Text),
    Column("response_url", Text),
    Column("received_at", Moment),
    Column("begun_at", Moment),
    Column("done_at", Moment),
    Column("outcome", Text),
)

outbox = Table(
    "ledger_outbox",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("intake", Text),
    Column("event", Text),
    Column("received_at", Moment),
    Column("attempts", Integer),
    Column("due_at", Moment),
    Column("sent_at", Moment),
    Column("reason", Text),
)

corrections = Table(
    "ledger_corrections",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("team_id", Text),
    Column("call_out", Text),
    Column("verdict", Text),
    Column("said_by", Text),
    Column("said_at", Moment),
    Column("why", Text),
    Column("start_at", Moment),
    Column("end_at", Moment),
    Column("recorded_at", Moment),
)

answers = Table(
    "ledger_answers",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("team_id", Text),
    Column("month", Text),
    Column("person_id", Text),
    Column("word", Text),
    Column("said_by", Text),
    Column("said_at", Moment),
    Column("figures", Text),
    Column("why", Text),
)

closings = Table(
    "ledger_closings",
    METADATA,
    Column("team_id", Text, primary_key=True),
    Column("month", Text, primary_key=True),
    Column("settled_in", Text, primary_key=True),
    Column("figures", Text),
    Column("report", Text),
    Column("closed_by", Text),
    Column("closed_at", Moment),
)
