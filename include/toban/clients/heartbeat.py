"""Tells a dead man's switch outside that a pass went through; without pings, the switch calls somebody."""

import logging
from http.client import HTTPException
from threading import Thread
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

log = logging.getLogger(__name__)

TIMEOUT_S = 3.0  # over everything: a switch that is slow today must not make passes slow
SCHEMES = ("http", "https")


class Heartbeat:
    """Pings ``url``, a secret (who knows it can keep the switch silent); None: does nothing."""

    def __init__(self, url: str | None, timeout_s: float = TIMEOUT_S) -> None:
        self._url = url
        self._timeout_s = timeout_s

    def ping(self) -> bool:
        """Whether the switch took it, within ``timeout_s``. Never raises; why not is a warning in the log."""
        if self._url is None:
            return False
        said: list[str | None] = []
        # In a thread: a socket's time-out bounds each step, not a name server, nor an answer that drips.
        thread = Thread(target=lambda: said.append(self._trouble()), daemon=True)
        thread.start()
        thread.join(self._timeout_s)
        trouble = said[0] if said else f"no answer within {self._timeout_s:g} s"
        if trouble:
            log.warning("The heartbeat's ping did not arrive (%s).", trouble)
        return trouble is None

    def _trouble(self) -> str | None:
        """Why it did not arrive, without the address; errors' own words may hold it."""
        try:
            if urlsplit(self._url or "").scheme not in SCHEMES:
                return "its address does not begin with https://"
            request = Request(self._url or "", headers={"User-Agent": "toban"})  # noqa: S310 - as checked above
            with urlopen(request, timeout=self._timeout_s):  # noqa: S310 - the same
                return None
        except HTTPError as error:
            return f"HTTP {error.code}"
        except (OSError, ValueError, HTTPException) as error:
            return type(error).__name__
