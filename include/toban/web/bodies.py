"""A request's body, up to a limit: a stranger may send any number of bytes."""

import asyncio

from fastapi import HTTPException, Request
from starlette.requests import ClientDisconnect

PATIENCE_S = 10.0  # PagerDuty gives up after 5 s, Slack after 3: a body that trickles in longer is no webhook


async def body_of(request: Request, limit: int) -> bytes:
    """The raw body of at most `limit` bytes.

    Raises HTTPException 413 for more (also where Content-Length is missing or lies), 408 for one that does
    not end in time and 400 for one that breaks off. Never holds more than the limit and one chunk.
    """
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and (len(declared) > 18 or int(declared) > limit):
        raise HTTPException(413)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _read(request, limit)
    except TimeoutError:
        raise HTTPException(408) from None
    except ClientDisconnect:
        raise HTTPException(400) from None


async def _read(request: Request, limit: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        if len(body) + len(chunk) > limit:
            raise HTTPException(413)
        body += chunk
    return bytes(body)
