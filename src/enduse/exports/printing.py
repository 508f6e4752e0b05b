"""The dossier on paper: an installed Chromium prints it, offline; where there is none, WeasyPrint with the system's Pango.

Chromium comes first because it prints the page in a tenth of the time. The page brings everything it needs, so neither may
fetch anything: WeasyPrint gets a fetcher that knows no network and no file, and Chromium a proxy that is not there. Equal pages give
equal files: WeasyPrint writes no clock, and the one Chromium writes is set to a fixed day.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from enduse.errors import EnduseError
from enduse.exports.folder import whole_file

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
SECONDS = 600  # a dossier of thousands of rows prints in under one minute
_FIX = (
    "Install Pango (Debian and Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; macOS: brew install pango; Windows: see the WeasyPrint "
    "documentation) or Chromium; the same page as HTML: --to html"
)
_CLOCK = re.compile(rb"/(CreationDate|ModDate) ?\(D:\d{14}[^)]*\)")


def _weasyprint(html: str, path: Path) -> str:
    """Print with WeasyPrint; returns why not where it cannot be loaded, else nothing."""
    from enduse.exports.paper import BLOCKS, for_weasyprint

    try:
        from weasyprint import CSS, HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        return f"WeasyPrint does not load ({str(error).splitlines()[0][:160]})"
    nowhere = URLFetcher(allowed_protocols=("data",))
    page = HTML(string=for_weasyprint(html), url_fetcher=nowhere)
    page.write_pdf(path, stylesheets=[CSS(string=BLOCKS, url_fetcher=nowhere)])
    return ""


def browser() -> str | None:
    """An installed Chromium or one of its kin; ENDUSE_CHROMIUM names one."""
    named = os.environ.get("ENDUSE_CHROMIUM")
    return named if named and Path(named).is_file() else next((p for n in BROWSERS if (p := shutil.which(n))), None)


def _chromium(program: str, html: str, path: Path) -> str:
    """Print with a headless browser that cannot reach a network; returns what went wrong, else nothing."""
    with tempfile.TemporaryDirectory(prefix="enduse-print-") as folder:
        page, made = Path(folder) / "dossier.html", Path(folder) / "dossier.pdf"
        page.write_text(html, encoding="utf-8", newline="")
        command = [
            program, "--headless", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--no-first-run",
            "--proxy-server=127.0.0.1:9", f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={made}", page.as_uri(),
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium has none for root; the page runs no script
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - our own arguments
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{Path(program).name} does not print ({error})"
        if done.returncode or not made.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
            return f"{Path(program).name} does not print ({said[-1][:160]})"
        fixed = _CLOCK.sub(lambda m: b"/" + m.group(1) + b" (D:20000101000000+00'00')", made.read_bytes())
        path.write_bytes(fixed)
    return ""


def print_pdf(html: str, path: Path) -> None:
    """Put the page on A4 at `path`, whole. Raises EnduseError that says what to install where nothing can print."""
    with whole_file(path) as partial:
        program = browser()
        why = _chromium(program, html, partial) if program else "no Chromium is installed"
        other = _weasyprint(html, partial) if why else ""
        if other:
            raise EnduseError(f"no PDF can be made: {why}; {other}", where=str(path), fix=_FIX)
