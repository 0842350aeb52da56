"""The small print of the health messages: what a call is, and where limits come from."""

from collections.abc import Mapping, Sequence

from toban.domain.health.nouns import Finding
from toban.domain.language import Language
from toban.domain.mrkdwn import escape


def notes(beyond: Sequence[Finding], say: Language) -> list[str]:
    """What is counted, and the sources of the limits exceeded; those of toban.toml are made harmless."""
    counted = say.text(
        "Calls: pushes, phone calls and SMS, by the called person's own clock. Those within a minute count "
        "once, also of several incidents: the weekly report counts each incident's own."
    )
    own = own_sources(say)
    texts = dict.fromkeys(own.get(one.source, one.source) for one in beyond)
    if not texts:
        return [counted]
    return [
        counted,
        say.text("Where the limits come from: {sources}", sources=" · ".join(map(escape, texts))),
    ]


def own_sources(say: Language) -> Mapping[str, str]:
    """The sources of Toban's own thresholds, by their English text."""
    return {
        "Toban's own default: there is no outside figure to go by": say.text(
            "Toban's own default: there is no outside figure to go by"
        ),
        "Google SRE: at most two incidents per 12-hour shift": say.text(
            "Google SRE: at most two incidents per 12-hour shift"
        ),
        "Rule of thumb (Cracking Walnuts): act when over 30 % of shifts have a night call": say.text(
            "Rule of thumb (Cracking Walnuts): act when over 30 % of shifts have a night call"
        ),
        "From Google SRE's 25 % of working time for on-call: 10 hours of a 40-hour week": say.text(
            "From Google SRE's 25 % of working time for on-call: 10 hours of a 40-hour week"
        ),
        "PagerDuty rings nobody who has no notification rule": say.text(
            "PagerDuty rings nobody who has no notification rule"
        ),
        "Nights are told by a person's own clock; people of a team may well live elsewhere": say.text(
            "Nights are told by a person's own clock; people of a team may well live elsewhere"
        ),
    }
