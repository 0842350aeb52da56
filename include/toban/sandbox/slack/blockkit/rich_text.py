"""Rich text: sections, lists, quotes and preformatted text made of styled runs."""

from collections.abc import Mapping

from toban.sandbox.slack.blockkit.rules import Rule, boolean, by_type, items, number, one_of, shape, string

_style = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), boolean
    ),
)
_styled: Mapping[str, Rule] = {"style": _style}

RUNS: Mapping[str, Rule] = {
    "text": shape({"text": string(least=1)}, _styled),
    "link": shape({"url": string(least=1)}, {**_styled, "text": string(), "unsafe": boolean}),
    "emoji": shape({"name": string(least=1)}, {**_styled, "unicode": string()}),
    "user": shape({"user_id": string(least=1)}, _styled),
    "usergroup": shape({"usergroup_id": string(least=1)}, _styled),
    "channel": shape({"channel_id": string(least=1)}, _styled),
    "team": shape({"team_id": string(least=1)}, _styled),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, _styled),
    "color": shape({"value": string(least=1)}),
    "date": shape(
        {"timestamp": number(0), "format": string(least=1)}, {"url": string(), "fallback": string()}
    ),
}
_runs = items(by_type(RUNS))
_section = shape({"elements": _runs})
_edge: Mapping[str, Rule] = {"border": number(0)}

PARTS: Mapping[str, Rule] = {
    "rich_text_section": _section,
    "rich_text_preformatted": shape({"elements": _runs}, {**_edge, "language": string()}),
    "rich_text_quote": shape({"elements": _runs}, _edge),
    "rich_text_list": shape(
        {"elements": items(by_type({"rich_text_section": _section})), "style": one_of("bullet", "ordered")},
        {**_edge, "indent": number(0), "offset": number(0)},
    ),
}
rich_text = shape({"elements": items(by_type(PARTS))}, {"block_id": string(255)})
