"""Small valid blocks, elements and views; keyword arguments make them otherwise."""

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
