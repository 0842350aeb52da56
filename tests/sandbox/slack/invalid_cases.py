"""What breaks each constraint of the shared Block Kit specification, which names cases without payloads."""

from typing import Any

Thing = dict[str, Any]


def text(content: str, kind: str = "plain_text") -> Thing:
    return {"type": kind, "text": content}


def section(**more: Any) -> Thing:
    return {"type": "section", **more}


def actions(*elements: Thing) -> Thing:
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> Thing:
    return {"type": "button", "text": text("Go"), "action_id": "go", **more}


def confirm(**more: Any) -> Thing:
    dialog = {part: text("x") for part in ("title", "text", "confirm", "deny")}
    return actions(button(confirm={**dialog, **more}))


def option(number: int = 0, **more: Any) -> Thing:
    return {"text": text("a"), "value": str(number), **more}


def options(count: int) -> list[Thing]:
    return [option(number) for number in range(count)]


def choice(kind: str, **more: Any) -> Thing:
    return actions({"type": kind, "action_id": "a", **more})


def select(**more: Any) -> Thing:
    return choice("static_select", **more)


def group(count: int, label: str = "g") -> Thing:
    return {"label": text(label), "options": options(count)}


def input_(element: Thing, **more: Any) -> Thing:
    return {"type": "input", "label": text("l"), "element": {"action_id": "a", **element}, **more}


def task(url: str) -> Thing:
    return {
        "type": "task_card",
        "task_id": "t",
        "title": "t",
        "sources": [{"type": "url", "url": url, "text": "x"}],
    }


def image(**more: Any) -> Thing:
    return {"type": "image", "alt_text": "a", **more}


def video(**more: Any) -> Thing:
    base = {"type": "video", "alt_text": "a", "title": text("t"), "thumbnail_url": "u", "video_url": "v"}
    return {**base, **more}


def view(**more: Any) -> Thing:
    return {"type": "modal", "title": text("t"), "blocks": [{"type": "divider"}], **more}


def feedback(**more: Any) -> Thing:
    good = {"text": text("+"), "value": "1"}
    element = {"type": "feedback_buttons", "positive_button": {**good, **more}, "negative_button": good}
    return {"type": "context_actions", "elements": [element]}


def icon(**more: Any) -> Thing:
    return {"type": "icon_button", "icon": "trash", "text": text("x"), **more}


def card(**more: Any) -> Thing:
    return {"type": "card", "title": text("t"), **more}


def container(**more: Any) -> Thing:
    return {"type": "container", "title": text("t"), "child_blocks": [{"type": "divider"}], **more}


def rows(count: int, width: int, content: str = "x") -> list[list[Thing]]:
    return [[text(content, "raw_text") for _ in range(width)] for _ in range(count)]


def table(**more: Any) -> Thing:
    return {"type": "table", "rows": rows(2, 2), **more}


def data_table(**more: Any) -> Thing:
    return {"type": "data_table", "rows": rows(2, 2), **more}


def chart(title: str = "t", **more: Any) -> Thing:
    return {"type": "data_visualization", "title": title, "chart": more}


def pie(*segments: Thing) -> Thing:
    return chart(type="pie", segments=list(segments))


def slice_(label: str = "a", value: float = 1) -> Thing:
    return {"label": label, "value": value}


def bars(count: int = 1, name: str = "n", points: int = 1, label: str = "a", **axis: Any) -> Thing:
    series = [{"name": name, "data": [slice_(label)] * points}] * count
    return chart(type="bar", series=series, axis_config={"categories": ["a"], **axis})


def long(limit: int) -> str:
    return "x" * (limit + 1)


BLOCKS: dict[str, Thing] = {
    "text-empty": section(text=text("")),
    "text-too-long": section(text=text(long(3000), "mrkdwn")),
    "button-action-id-too-long": actions(button(action_id=long(255))),
    "button-text-too-long": actions(button(text=text(long(75)))),
    "button-url-too-long": actions(button(url=long(3000))),
    "button-value-too-long": actions(button(value=long(2000))),
    "button-accessibility-label-too-long": actions(button(accessibility_label=long(75))),
    "confirmation-title-too-long": confirm(title=text(long(100))),
    "confirmation-text-too-long": confirm(text=text(long(300))),
    "confirmation-confirm-too-long": confirm(confirm=text(long(30))),
    "confirmation-deny-too-long": confirm(deny=text(long(30))),
    "option-text-too-long": select(options=[option(text=text(long(75)))]),
    "option-value-too-long": select(options=[option(value=long(150))]),
    "option-url-too-long": choice("overflow", options=[option(url="😀" * 3001)]),
    "option-description-too-long": select(options=[option(description=text(long(75)))]),
    "option-group-label-too-long": select(option_groups=[group(1, long(75))]),
    "option-group-empty": select(option_groups=[group(0)]),
    "option-group-too-many-options": select(option_groups=[group(101)]),
    "select-placeholder-too-long": select(options=options(1), placeholder=text(long(150))),
    "select-too-many-options": select(options=options(101)),
    "select-too-many-option-groups": select(option_groups=[group(1)] * 101),
    "static-select-options-and-groups": select(options=options(1), option_groups=[group(1)]),
    "overflow-empty": choice("overflow", options=[]),
    "overflow-too-many-options": choice("overflow", options=options(6)),
    "checkboxes-empty": choice("checkboxes", options=[]),
    "checkboxes-too-many-options": choice("checkboxes", options=options(11)),
    "radio-buttons-empty": choice("radio_buttons", options=[]),
    "radio-buttons-too-many-options": choice("radio_buttons", options=options(11)),
    "url-source-url-empty": task(""),
    "url-source-url-too-long": task(long(3000)),
    "table-too-many-rows": table(rows=rows(101, 1)),
    "table-ragged-rows": table(rows=[*rows(1, 2), *rows(1, 1)]),
    "table-column-settings-mismatch": table(column_settings=[{"is_wrapped": True}]),
    "file-input-max-files-too-small": input_({"type": "file_input", "max_files": 0}),
    "file-input-max-files-too-large": input_({"type": "file_input", "max_files": 11}),
    "plain-text-input-max-length-too-large": input_({"type": "plain_text_input", "max_length": 3001}),
    "number-input-inverted-range": input_(
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "9", "max_value": "10e-1"}
    ),
    "input-label-too-long": input_({"type": "plain_text_input"}, label=text(long(2000))),
    "input-hint-too-long": input_({"type": "plain_text_input"}, hint=text(long(2000))),
    "input-invalid-element": input_(button()),
    "actions-too-many-elements": actions(*(button(action_id=str(number)) for number in range(26))),
    "context-too-many-elements": {"type": "context", "elements": [text("x")] * 11},
    "context-invalid-element": {"type": "context", "elements": [button()]},
    "header-text-too-long": {"type": "header", "text": text(long(150))},
    "image-url-too-long": image(image_url=long(3000)),
    "image-alt-text-too-long": image(image_url="u", alt_text=long(2000)),
    "image-url-and-slack-file": section(
        text=text("x"), accessory=image(image_url="u", slack_file={"id": "F1"})
    ),
    "markdown-empty": {"type": "markdown", "text": ""},
    "markdown-too-long": {"type": "markdown", "text": long(12_000)},
    "section-text-too-long": section(text=text(long(3000))),
    "section-too-many-fields": section(fields=[text("x")] * 11),
    "section-field-too-long": section(fields=[text(long(2000))]),
    "section-missing-content": section(),
    "block-id-too-long": {"type": "divider", "block_id": long(255)},
    "video-alt-text-empty": video(alt_text=""),
    "video-alt-text-too-long": video(alt_text=long(200)),
    "video-title-too-long": video(title=text(long(200))),
    "video-author-name-too-long": video(author_name=long(50)),
    "video-description-too-long": video(description=text(long(200))),
    "video-provider-name-too-long": video(provider_name=long(50)),
    "alert-text-too-long": {"type": "alert", "text": text(long(200))},
    "card-title-too-long": card(title=text(long(150))),
    "card-subtitle-too-long": card(subtitle=text(long(150))),
    "card-body-too-long": card(body=text(long(200))),
    "card-subtext-too-long": card(subtext=text(long(200))),
    "card-too-many-actions": card(actions=[button()] * 4),
    "carousel-empty": {"type": "carousel", "elements": []},
    "carousel-too-many-cards": {"type": "carousel", "elements": [card()] * 11},
    "container-title-too-long": container(title=text(long(150))),
    "container-subtitle-too-long": container(subtitle=text(long(150))),
    "container-too-many-child-blocks": container(child_blocks=[{"type": "divider"}] * 11),
    "context-actions-too-many-elements": {"type": "context_actions", "elements": [icon()] * 6},
    "icon-button-too-many-visible-users": {
        "type": "context_actions",
        "elements": [icon(visible_to_user_ids=["U1"] * 11)],
    },
    "feedback-button-text-too-long": feedback(text=text(long(75))),
    "feedback-button-value-too-long": feedback(value=long(2000)),
    "feedback-button-accessibility-label-too-long": feedback(accessibility_label=long(75)),
    "data-table-too-few-rows": data_table(rows=rows(1, 1)),
    "data-table-too-many-rows": data_table(rows=rows(202, 1)),
    "data-table-too-few-columns": data_table(rows=rows(2, 0)),
    "data-table-too-many-columns": data_table(rows=rows(2, 21)),
    "data-table-page-size-too-small": data_table(page_size=0),
    "data-table-page-size-too-large": data_table(page_size=101),
    "data-table-cell-text-empty": data_table(rows=rows(2, 1, "")),
    "data-table-content-too-long": data_table(rows=rows(2, 1, "x" * 10_001)),
    "data-visualization-title-too-long": chart(long(50), type="pie", segments=[slice_()]),
    "pie-chart-empty": pie(),
    "pie-chart-too-many-segments": pie(*[slice_()] * 13),
    "chart-segment-label-too-long": pie(slice_(long(20))),
    "chart-segment-value-not-positive": pie(slice_(value=0)),
    "chart-series-empty": bars(0),
    "chart-too-many-series": bars(13),
    "data-series-name-too-long": bars(name=long(20)),
    "data-series-empty": bars(points=0),
    "data-series-too-many-points": bars(points=21),
    "data-point-label-too-long": bars(label=long(20)),
    "axis-categories-empty": bars(categories=[]),
    "axis-too-many-categories": bars(categories=["a"] * 21),
    "axis-category-label-too-long": bars(categories=[long(20)]),
    "axis-label-too-long": bars(x_label=long(50)),
}
VIEWS: dict[str, Thing] = {
    "view-missing-blocks": view(blocks=[]),
    "view-too-many-blocks": view(blocks=[{"type": "divider"}] * 101),
    "view-private-metadata-too-long": view(private_metadata=long(3000)),
    "view-callback-id-too-long": view(callback_id=long(255)),
    "view-title-too-long": view(title=text(long(24))),
    "view-close-too-long": view(close=text(long(24))),
    "view-submit-too-long": view(submit=text(long(24))),
}
