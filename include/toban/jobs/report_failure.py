"""A failed DAG run becomes one sentence in the fallback channel."""

from datetime import datetime

from toban.clients.messenger import Messenger
from toban.domain.language import Language
from toban.domain.message import Message, escape, link, section

SENTENCE_CHARACTERS = 600  # the log has the rest


def report_failure(
    messenger: Messenger,
    channel: str,
    say: Language,
    *,
    dag_id: str,
    error: BaseException | str,
    log_url: str | None,
    now: datetime,
) -> None:
    """Say that it failed, why, and where its log is: once a day for each DAG and kind of error.

    The sync runs every five minutes; an outage of PagerDuty must not fill the channel.
    """
    kind = "ended" if isinstance(error, str) else type(error).__name__
    why = escape((str(error).strip() or kind)[:SENTENCE_CHARACTERS])  # a time-out comes without words
    title = say.text("{dag} failed: {why}", dag=escape(dag_id), why=why)
    where = f"\n{link(log_url, say.text('Open the log'))}" if log_url else ""
    message = Message(title, (section(f":warning: {title}{where}"),))
    messenger.say(f"failure:{dag_id}:{now:%Y-%m-%d}:{kind}", channel, message)
