"""Open a case in the browser."""

from __future__ import annotations

import contextlib
import sys
from typing import Annotated

import typer

from enduse.commands.common import CasePath, say
from enduse.errors import UsageError


def serve(
    case: CasePath,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="port on this machine; 0 takes a free one")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="print the address only")] = False,
    token: Annotated[
        str | None, typer.Option("--token", help="token of the address; a new random one for each start by default")
    ] = None,
) -> None:
    """Open a case in the browser: shipments, firms, chains, routes, claims, network, map and time line over one selection.

    The server listens on 127.0.0.1 only, asks for the token in the address, and sends nothing anywhere. Ctrl-C ends it.
    """
    from enduse.case import Case
    from enduse.web.serve import serve as run

    if token is not None and not (
        3 <= len(token) <= 200 and token.isascii() and token.replace("-", "").replace("_", "").isalnum()
    ):
        raise UsageError("the token is not usable in an address", fix="Use 3 to 200 letters, digits, - and _")
    Case(case)

    def ready(address: str) -> None:
        typer.echo(address)
        sys.stdout.flush()
        if not no_browser:
            import webbrowser

            webbrowser.open(address)

    with contextlib.suppress(KeyboardInterrupt):
        run(case, port=port, token=token, ready=ready, tell=say)
    say("enduse: the server has ended")
