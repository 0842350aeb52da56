"""A language model over HTTP: one question, one try, and an end to every answer."""

from typing import Any

import pytest

from model_server import model_server
from toban.clients.language_model import LARGEST_ANSWER, LanguageModel
from toban.errors import LanguageModelError

KEY = "sk-very-secret"


def ask(url: str, key: str | None = KEY, timeout_s: float = 5) -> str:
    return LanguageModel(url, "a-model", key, timeout_s=timeout_s).answer("task", "BEGIN\ntext\nEND")


def test_it_is_asked_as_openai_is_and_its_text_is_the_answer() -> None:
    with model_server(answers=lambda data: f"better {data}") as server:
        assert ask(server.url + "/") == "better text"
    (asked,), (headers,) = server.asked, server.headers
    assert (asked["model"], asked["temperature"]) == ("a-model", 0)
    assert [each["role"] for each in asked["messages"]] == ["system", "user"]
    assert headers["authorization"] == f"Bearer {KEY}"


def test_a_model_on_this_machine_needs_no_key() -> None:
    with model_server() as server:
        ask(server.url, None)
    assert "authorization" not in server.headers[0]


@pytest.mark.parametrize(
    ("told", "what"),
    [
        ({"status": 500}, "status 500"),
        ({"status": 429}, "status 429"),
        ({"status": 302}, "status 302"),
        ({"raw": b"<html>"}, "another form"),
        ({"raw": b"[]"}, "another form"),
        ({"raw": b'{"choices": []}'}, "another form"),
        ({"raw": b"[" * 100_000}, "another form"),
        ({"raw": b'{"choices": [{"message": {"content": null}}]}'}, "without text"),
        ({"raw": b" " * (LARGEST_ANSWER + 1)}, "too long"),
        ({"wait_s": 2.0}, "ReadTimeout"),
        ({"drip_s": 0.02, "raw": b" " * 200}, "too slow"),
    ],
)
def test_whatever_else_it_does_is_one_sentence_without_the_key_after_one_try(
    told: dict[str, Any], what: str
) -> None:
    with model_server(**told) as server, pytest.raises(LanguageModelError) as caught:
        ask(server.url, timeout_s=0.5)
    assert what in str(caught.value)
    assert KEY not in str(caught.value)
    assert len(server.asked) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "http://[", "http://127.0.0.1:99999"])
def test_an_address_where_nobody_answers_is_one_sentence(url: str) -> None:
    with pytest.raises(LanguageModelError, match="gave no wording"):
        ask(url)
