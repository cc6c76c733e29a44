"""Who may ask the page's server: this machine's own browser, by Host, Origin, token and cookie."""

import hmac
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " media-src 'self'; connect-src 'self' ws://{host}; worker-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing inline (W3C Content Security Policy Level 3)."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}
_SAFE = ("GET", "HEAD")
ELSEWHERE = "This page answers only to the address that `rehearse open` printed; open that one."
NO_TICKET = (
    "This address was used before, or is not of this run. Stop `rehearse open` and start it again:"
    " it prints a new address."
)


@dataclass
class Door:
    """What lets a request in."""

    port: int = 0
    """The server's port; known once it listens."""
    ticket: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """Stands in the first address and is good once; "" when it was used."""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    """Stands in the cookie from then on."""

    @property
    def hosts(self) -> tuple[str, str]:
        """The values of Host that are ours; any other name was rebound to this machine."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def address(self) -> str:
        """The address to open first."""
        return f"http://127.0.0.1:{self.port}/?ticket={self.ticket}"

    @property
    def cookie(self) -> str:
        """The cookie's name: cookies of 127.0.0.1 are shared by all its ports."""
        return f"rehearse-{self.port}"

    def is_ours(self, headers: Headers, must_say: bool) -> bool:
        """Return whether a request comes from our page; where it `must_say` so, silence is a no."""
        host, origin = headers.get("host", ""), headers.get("origin")
        if host not in self.hosts:
            return False
        return not must_say if origin is None else origin == f"http://{host}"

    def knows(self, headers: Headers) -> bool:
        """Return whether the request carries the cookie."""
        return _same(cookie_parser(headers.get("cookie", "")).get(self.cookie, ""), self.key)

    def take(self, ticket: str) -> bool:
        """Take the ticket, once."""
        if not self.ticket or not _same(ticket, self.ticket):
            return False
        self.ticket = ""
        return True


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


class Guard:
    """Let in what comes from this server's own pages, and say on every answer what it may do."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if scope["type"] == "websocket":
            if refusal is None:
                await self._app(scope, receive, send)
            else:  # before it was accepted: the handshake fails with 403
                await send({"type": "websocket.close", "code": 4403})
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                host = f"127.0.0.1:{self._door.port}"
                headers.setdefault("Content-Security-Policy", POLICY.format(host=host))
            await send(message)

        await (refusal or self._app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return what is answered instead, None where the request may pass."""
        door, headers = self._door, Headers(scope=scope)
        changes = scope["type"] == "websocket" or scope["method"] not in _SAFE
        if not door.is_ours(headers, must_say=changes):
            return PlainTextResponse(ELSEWHERE, 403)
        if door.knows(headers):
            return None
        ticket = parse_qs(scope["query_string"].decode("latin-1")).get("ticket", [""])[0]
        if scope["path"] != "/" or changes or not door.take(ticket):
            return PlainTextResponse(NO_TICKET, 403)
        welcome = RedirectResponse("/", 303)
        welcome.set_cookie(door.cookie, door.key, httponly=True, samesite="strict", path="/")
        return welcome
