"""A language model behind an OpenAI-compatible address, remote or on this machine: one question, one try."""

import json
import time
from collections.abc import Callable
from typing import Any

import httpx

from toban.errors import LanguageModelError

LARGEST_ANSWER = 256 * 1024  # bytes: a draft in JSON has a tenth of that


class LanguageModel:
    """``url`` is what stands before ``/chat/completions``; ``key`` goes with it as a bearer token, if any.

    ``timeout_s`` is for everything: an answer that drips is cut off.
    """

    def __init__(
        self,
        url: str,
        name: str,
        key: str | None,
        *,
        timeout_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.timeout_s = timeout_s
        self._url = f"{url.rstrip('/')}/chat/completions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._clock = clock

    def answer(self, task: str, data: str) -> str:
        """What it makes of ``data``, told by ``task``; raises LanguageModelError, and never asks twice."""
        messages = [{"role": "system", "content": task}, {"role": "user", "content": data}]
        body = {"model": self.name, "messages": messages, "temperature": 0}
        try:
            answer = json.loads(self._asked(body))
            text = answer["choices"][0]["message"]["content"]
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._trouble(type(error).__name__) from None
        except (ValueError, LookupError, TypeError, RecursionError):
            raise self._trouble("an answer of another form") from None
        if not isinstance(text, str):
            raise self._trouble("an answer without text")
        return text

    def _asked(self, body: dict[str, Any]) -> bytes:
        end, received = self._clock() + self.timeout_s, bytearray()
        with (
            httpx.Client(timeout=self.timeout_s, headers=self._headers, follow_redirects=False) as client,
            client.stream("POST", self._url, json=body) as answer,
        ):
            if answer.status_code != 200:
                raise self._trouble(f"status {answer.status_code}")
            for piece in answer.iter_bytes():
                received += piece
                if len(received) > LARGEST_ANSWER or self._clock() > end:
                    raise self._trouble("an answer that is too long or too slow")
        return bytes(received)

    def _trouble(self, what: str) -> LanguageModelError:
        """Without the key, and without what it said: that may hold anything."""
        return LanguageModelError(f"The language model {self.name} gave no wording ({what}); see triage.llm.")
