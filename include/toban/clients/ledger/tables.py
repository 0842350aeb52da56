"""The ledger's tables as SQLAlchemy sees them; sql/ledger/ makes them."""

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, Dialect, MetaData, Table, Text, TypeDecorator


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
)

notes = Table(
    "ledger_notes",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("content", Text),
    Column("changed_at", Moment),
)
