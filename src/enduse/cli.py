"""The command line: names for the commands, exit codes 0, 2 usage, 3 refused, 4 verification. stdout is data, stderr is progress."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from enduse.commands import benches, cases, chains, fetch, files, results, review, routes, serve, simulate, verify
from enduse.commands.common import say
from enduse.errors import EnduseError

app = typer.Typer(
    name="enduse",
    help="Turn customs records, watchlists and press reports into findings you can defend.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(wanted: bool) -> None:
    if wanted:
        from enduse._version import __version__

        typer.echo(f"enduse {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """Detection and evidence only: every figure shows its rows, its range and its limits."""


# A case: make, fill, run, read. Then plain files, then the house itself.
app.command()(cases.demo)
app.command()(cases.new)
app.command()(cases.add)
app.command()(fetch.fetch)
app.command()(cases.run)
app.command()(results.figures)
app.command()(results.why)
app.command()(results.claims)
app.command()(chains.chains)
app.command()(routes.routes)
app.command()(review.review)
app.command()(serve.serve)
app.command()(results.export)
app.command()(verify.verify)
app.command()(verify.prove)
app.command("map")(files.map_)
app.command()(files.classify)
app.command()(files.rank)
app.command()(files.screen)
app.command()(files.compare)
app.command()(files.extract)
app.command()(simulate.simulate)
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(benches.bench)


def main() -> None:
    """Run the command; errors are one line on stderr and an exit code, never a traceback."""
    try:
        app()
    except EnduseError as error:
        say(f"enduse: {' '.join(str(error).split())}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say("enduse: interrupted; finished stages are kept")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if os.environ.get("ENDUSE_TRACEBACK"):
            raise
        say(
            f"enduse: a fault of enduse, please report it: {type(error).__name__}: {' '.join(str(error).split())[:500]} (ENDUSE_TRACEBACK=1 shows where)"
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
