"""Starting and ending the server: on this machine's own address, with a token of its own for each start."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from enduse.errors import EnduseError

LOOPBACK = "127.0.0.1"


def bound(port: int) -> socket.socket:
    """A socket on the loopback address. Raises EnduseError with a free port where the one asked for is taken."""
    # The protocol is named: asyncio then sends small answers at once instead of waiting for an acknowledgement (40 ms).
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((LOOPBACK, port))
    except OSError as error:
        made.close()
        raise EnduseError(
            f"port {port} is taken" if error.errno != 13 else f"port {port} may not be used by this account",
            where=LOOPBACK,
            fix=f"Use a free one: --port {_free()}",
        ) from error
    return made


def _free() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _index(folder: Path, tell: Callable[[str], None]) -> None:
    """The index of the last run, where there is none: made in a process of its own, whose memory ends with it."""
    from enduse.web.index.stamp import stamp_of

    if (folder / "work" / "serve" / stamp_of(folder) / "index.json").is_file():
        return
    command = [sys.executable, "-m", "enduse.web.index.build", str(folder)]
    with subprocess.Popen(  # noqa: S603 - our own module and a path
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as child:
        for line in child.stdout or ():
            told = json.loads(line)
            if isinstance(told, dict):
                child.wait()
                raise EnduseError(told["what"], where=told["where"], fix=told["fix"])
            tell(f"index: {told[0]} ({told[1]} of {told[2]})")
        if child.wait():
            last = (child.stderr.read() if child.stderr else "").strip().splitlines()[-1:]
            raise EnduseError(
                f"the index could not be made: {' '.join(last)[:300]}",
                where=str(folder),
                fix="Run the case again, or see that the disk is not full",
            )


def serve(
    folder: Path, *, port: int, token: str | None, ready: Callable[[str], None], tell: Callable[[str], None]
) -> None:
    """Serve the case in `folder` until interrupted. `ready` gets the address, `tell` lines on what is being done."""
    import uvicorn

    from enduse.web.app import make
    from enduse.web.desk import Desk

    key = token or secrets.token_urlsafe(24)
    with bound(port) as listening:
        listening.listen(128)
        own: int = listening.getsockname()[1]
        _index(folder, tell)
        desk = Desk(folder)
        app: Any = make(desk, token=key, port=own)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, date_header=False, timeout_graceful_shutdown=3,
            limit_concurrency=200, h11_max_incomplete_event_size=65_536, lifespan="off", ws="none", proxy_headers=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        ready(f"http://{LOOPBACK}:{own}/?token={key}")
        server.run(sockets=[listening])
