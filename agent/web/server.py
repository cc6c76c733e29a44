"""Run the page's server on this machine until its last page has been closed for a minute."""

import asyncio
import logging
import signal
from collections.abc import Callable
from types import FrameType

import uvicorn

from agent.errors import RehearseError
from agent.web.app import Place, make_app
from agent.web.guard import Door, Guard

ENDS_AFTER_S = 60.0
"""How long after its last page was closed the server ends."""
FIRST_WITHIN_S = 600.0
"""How long it waits for the first page."""
_STEP_S = 0.5


class _Server(uvicorn.Server):
    """uvicorn, with a word when it listens and an end when nobody looks."""

    def __init__(self, place: Place, door: Door, port: int) -> None:
        config = uvicorn.Config(
            Guard(make_app(place), door),
            host="127.0.0.1",
            port=port,
            log_level=logging.CRITICAL,
            access_log=False,
            server_header=False,
            ws="websockets-sansio",
            ws_max_size=1_000_000,
            ws_per_message_deflate=False,
            timeout_graceful_shutdown=1,
            lifespan="off",
        )
        super().__init__(config)
        self.place = place
        self._door = door

    async def startup(self, sockets: list | None = None) -> None:  # type: ignore[type-arg]
        """Listen, and learn the port."""
        await super().startup(sockets)
        self._door.port = self.servers[0].sockets[0].getsockname()[1]

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End in good order; SIGTERM is then answered, and only Ctrl-C is passed on."""
        super().handle_exit(sig, frame)
        if sig != signal.SIGINT:
            self._captured_signals.clear()


def serve(place: Place, port: int, keep: bool, opened: Callable[[str], None]) -> None:
    """Serve the page on a port, 0 for a free one; RehearseError where it is taken.

    `opened` is told the first address; with `keep` it stays until Ctrl-C.
    """
    door = Door()
    server = _Server(place, door, port)

    async def run() -> None:
        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if server.started:
            opened(door.address)
        idle_s, most_s = 0.0, FIRST_WITHIN_S
        while not serving.done():
            await asyncio.sleep(_STEP_S)
            looked_at = place.pages or place.live.watched or place.live.busy
            most_s = ENDS_AFTER_S if place.pages else most_s
            idle_s = 0.0 if looked_at or keep else idle_s + _STEP_S
            server.should_exit = server.should_exit or idle_s >= most_s
        await serving

    try:
        asyncio.run(run())
    except SystemExit as error:  # uvicorn's way to say that it cannot listen
        if isinstance(error.code, int) and error.code > 128:
            raise  # a signal ends it
        raise RehearseError(
            f"port {port} of this machine is taken; leave --port out, and a free one is used"
        ) from error
    finally:
        place.live.close()
