"""What can go wrong with the demo."""

from toban.errors import TobanError


class DemoError(TobanError):
    """The demo cannot run on this machine as it is; the message says what to change."""


class DemoStopped(Exception):
    """The demo was told to end while it was still starting."""
