"""Amazon CloudWatch alarms, in SNS's envelope or raw, and what else a person lets SNS say."""

import json
import re

from toban.domain.intake.making import event, key_of, refused, titled
from toban.domain.intake.nouns import Event, Severity
from toban.domain.intake.reading import at, first, items, moment
from toban.domain.intake.severities import severity
from toban.errors import BodyRefused

NAME = "CloudWatch"
BY_STATE: dict[str, Severity] = {"ALARM": "critical", "INSUFFICIENT_DATA": "warning", "OK": "info"}
CONFIRMATION = "SubscriptionConfirmation"
OWN_ADDRESS = re.compile(r"https://sns\.[a-z0-9-]{1,30}\.amazonaws\.com(\.cn)?/\?[\w=&:.%-]{1,1000}")


def cloudwatch(body: object) -> tuple[Event, ...]:
    """https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html; OK ends an alarm."""
    if first(body, "Type") in {CONFIRMATION, "UnsubscribeConfirmation"}:
        return ()
    alarm = _message(body)
    name = first(alarm, "AlarmName")
    if name:
        return (_alarm(alarm, body, name),)
    if not first(body, "Message"):
        raise refused(NAME, "it has neither an AlarmName nor a Message")
    return (_notice(body),)


def address_to_confirm(body: object) -> str | None:
    """Where a person confirms that SNS may send here; None for any other body.

    Raises BodyRefused where the address is not SNS's own. Nobody but a person opens it: a server that
    fetches addresses out of bodies can be sent anywhere.
    """
    if first(body, "Type") != CONFIRMATION:
        return None
    address = at(body, "SubscribeURL")
    if isinstance(address, str) and OWN_ADDRESS.fullmatch(address):
        return address
    raise BodyRefused(
        "The SubscribeURL is none of Amazon SNS (https://sns.<region>.amazonaws.com); "
        "confirm the subscription in the AWS console."
    )


def confirmation_note(intake_id: str) -> str:
    """Under which key the ledger's notes hold that address, with the moment it came: address, at."""
    return f"intake_confirmation:{intake_id}"


def _message(body: object) -> object:
    """The alarm in the envelope, where it is JSON within JSON, or the body itself."""
    message = at(body, "Message")
    if not isinstance(message, str):
        return body if message is None else message
    try:
        return json.loads(message)
    except (ValueError, RecursionError):
        return None


def _alarm(alarm: object, body: object, name: str) -> Event:
    state = first(alarm, "NewStateValue") or "ALARM"
    trigger = at(alarm, "Trigger") or alarm
    place = (first(alarm, "AWSAccountId"), first(alarm, "Region"), name)
    return event(
        resolved=state == "OK",
        key=key_of("cloudwatch", first(alarm, "AlarmArn") or ":".join(place)),
        summary=titled(name, first(alarm, "AlarmDescription")),
        source=_dimensions(trigger) or first(trigger, "Namespace") or first(body, "TopicArn") or NAME,
        severity=severity(first(alarm, "Priority", "Severity"), unsaid=BY_STATE.get(state, "error")),
        timestamp=moment(at(alarm, "StateChangeTime")) or moment(at(body, "Timestamp")),
        component=first(trigger, "Namespace"),
        group=first(alarm, "Region"),
        class_=first(trigger, "MetricName"),
        more=alarm if isinstance(alarm, dict) else {},
    )


def _notice(body: object) -> Event:
    """Text that somebody publishes to the topic: said, and ended by nobody but people."""
    subject, message = first(body, "Subject"), first(body, "Message")
    topic = first(body, "TopicArn")
    return event(
        resolved=False,
        key=key_of("cloudwatch", topic, subject or message),
        summary=subject or message,
        source=topic or NAME,
        timestamp=moment(at(body, "Timestamp")),
        more={"Message": at(body, "Message"), "TopicArn": topic},
    )


def _dimensions(trigger: object) -> str:
    """`InstanceId=i-1, …`, what the alarm watches."""
    pairs = ((first(each, "name"), first(each, "value")) for each in items(at(trigger, "Dimensions")))
    return ", ".join(f"{name}={value}" for name, value in pairs if value)
