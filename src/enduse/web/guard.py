"""Who may ask, and what every answer carries: one browser of this machine, nothing to or from anywhere else.

The token keeps other users of the machine out, the Host header a name that was made to point here (DNS rebinding), the
Origin header other pages of the same browser; the content policy keeps a text of a source from becoming a script.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

COOKIE = "enduse"
MOST_BODY, MOST_QUERY, MOST_PATH = 65_536, 16_384, 2_048
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'none'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: dict[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Refused(Exception):  # noqa: N818 - what happened, in the words of the page
    """A request that is answered by an error and nothing else."""

    def __init__(self, status: int, what: str, *, where: str = "", fix: str = "") -> None:
        super().__init__(what)
        self.status, self.what, self.where, self.fix = status, what, where, fix


class Guard:
    """Wraps the application: what does not pass never reaches it."""

    def __init__(self, app: App, *, token: str, port: int) -> None:
        self._app, self._token = app, token.encode()
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # a web socket: there is none
            await send({"type": "websocket.close", "code": 1008})
            return
        api = scope["path"].startswith("/api")
        guarded = _with_headers(send, api=api)
        try:
            if await self._enter(scope, guarded):
                return
            await self._app(scope, _limited(scope, receive), guarded)
        except Refused as refused:
            await _answer(guarded, refused)

    async def _enter(self, scope: Scope, send: Send) -> bool:
        """Check the request; True where it is answered already (the way in with the token)."""
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        if headers.get("host", "").lower() not in self.hosts:
            raise Refused(
                400, "this server answers only to its own address", fix="Open the address that enduse serve printed"
            )
        if len(scope["query_string"]) > MOST_QUERY or len(scope["raw_path"] or b"") > MOST_PATH:
            raise Refused(414, "the address is too long", fix="Select fewer values")
        method = scope["method"]
        if method not in ("GET", "HEAD", "POST"):
            raise Refused(405, f"{method[:10]} is not used here")
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
        if scope["path"] == "/" and "token" in query:
            if not self._right(query["token"]):
                raise Refused(
                    401,
                    "the token is wrong",
                    fix="Open the address that enduse serve printed; each start has a new token",
                )
            await self._let_in(send)
            return True
        if not self._known(headers):
            raise Refused(401, "no token", fix="Open the address that enduse serve printed; each start has a new token")
        if method == "POST":
            self._check_post(headers)
        return False

    def _right(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self._token)

    def _known(self, headers: dict[str, str]) -> bool:
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._right(bearer.strip()):
            return True
        try:
            held = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return held is not None and self._right(held.value)

    def _check_post(self, headers: dict[str, str]) -> None:
        if headers.get("origin", "").removeprefix("http://").lower() not in self.hosts:
            raise Refused(403, "the request comes from another page", fix="Judge and run from the application itself")
        if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            raise Refused(415, "the body is not JSON", fix="Send Content-Type: application/json")
        length = headers.get("content-length")
        if length is None:
            raise Refused(411, "the body states no length", fix="Send Content-Length")
        if not length.isdigit() or int(length) > MOST_BODY:
            raise Refused(413, "the body is too long")

    async def _let_in(self, send: Send) -> None:
        cookie = f"{COOKIE}={self._token.decode()}; Path=/; HttpOnly; SameSite=Strict"
        await send(
            {
                "type": "http.response.start",
                "status": 303,
                "headers": [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0")],
            }
        )
        await send({"type": "http.response.body", "body": b""})


def _limited(scope: Scope, receive: Receive) -> Receive:
    """The body, cut off with an error where it is longer than allowed (a chunked body states no length)."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > MOST_BODY:
            raise Refused(413, "the body is too long", where=str(scope["path"]))
        return message

    return limited


def _with_headers(send: Send, *, api: bool) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {k.lower() for k, _ in message["headers"]}
            more = HEADERS | ({"cache-control": "no-store"} if api or b"cache-control" not in own else {})
            message["headers"] = [
                *message["headers"],
                *((k.encode(), v.encode()) for k, v in more.items() if k.encode() not in own),
            ]
        await send(message)

    return guarded


async def _answer(send: Send, refused: Refused) -> None:
    body = json.dumps({"error": {"what": refused.what, "where": refused.where, "fix": refused.fix}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
