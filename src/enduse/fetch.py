"""Published statistics by the UN's own client: off by default, with the user's own key, never while a case runs.

Source: UN Comtrade API, package `comtradeapicall` of the UN Statistics Division (extra `comtrade`). The answer is kept as
it came, beside the question that was asked, and added to the case like a file the user downloaded.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enduse.errors import CaseError, EnduseError, UsageError
from enduse.reference import countries
from enduse.reference.route_tables import rows
from enduse.whole import write_text

if TYPE_CHECKING:
    from enduse.case import Case

KEY = "ENDUSE_COMTRADE_KEY"  # environment variable: a key in case.toml would be handed on with the case
MOST = 100_000  # records one call may give; an answer of that size is cut and not used
PERIODS = 12  # periods one call may ask for
_PERIOD = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])?")
Client = Callable[..., Any]


@dataclass(frozen=True)
class Question:
    """What is asked: countries as alpha-2 (`W` for the world, nothing for every partner), codes, YYYY or YYYYMM."""

    reporters: tuple[str, ...]
    partners: tuple[str, ...]
    codes: tuple[str, ...]
    periods: tuple[str, ...]
    flows: tuple[str, ...] = ("M", "X")

    def __post_init__(self) -> None:
        odd = next((p for p in self.periods if not _PERIOD.fullmatch(p)), None)
        if odd is not None or not self.periods:
            raise UsageError(f"no period {odd or ''!r}", fix="Give years or months: 2023 or 202301,202302")
        if len({len(p) for p in self.periods}) > 1:
            raise UsageError("years and months in one question", fix="Ask for years and for months one after the other")
        code = next((c for c in self.codes if not (c.isdigit() and len(c) in (2, 4, 6)) and c != "TOTAL"), None)
        if code is not None or not self.codes:
            raise UsageError(f"no commodity code {code or ''!r}", fix="Give 2, 4 or 6 digits, or TOTAL")
        if wrong := next((f for f in self.flows if f not in ("M", "X", "RM", "RX")), None):
            raise UsageError(f"no flow {wrong!r}", fix="Flows are M, X, RM and RX")

    @property
    def name(self) -> str:
        """Of the file the answer goes into."""
        parts = ["-".join(self.reporters), "-".join(self.partners) or "all", "-".join(self.codes), f"{min(self.periods)}-{max(self.periods)}"]  # fmt: skip
        return f"comtrade_{'_'.join(p[:40] for p in parts)}.json"


@cache
def _numbers() -> dict[str, str]:
    """UN number by alpha-2: the UN's own where it differs from ISO 3166."""
    found: dict[str, str] = {}
    for number in range(1000):
        code = countries.code(f"{number:03d}")
        if code:
            found.setdefault(code, str(number))
    own = {r["code"]: r["text"] for r in reversed(rows("areas")) if r["system"] == "comtrade" and r["kind"] == "country" and r["text"].isdigit()}  # fmt: skip
    return found | own | {"W": "0"}


def number_of(country: str) -> str:
    """The UN's number of a country. Raises UsageError for a code that is none."""
    try:
        return _numbers()[country.upper()]
    except KeyError:
        raise UsageError(f"no country {country!r}", fix="Give ISO codes of two letters, CN,KZ, or W for the world") from None  # fmt: skip


def client() -> Client:
    """The UN's client. Raises EnduseError where the extra is missing."""
    try:
        import comtradeapicall
    except ImportError as error:
        raise EnduseError("the UN's client is not installed", fix="pip install 'enduse[comtrade]'") from error
    found: Client = comtradeapicall.getFinalData
    return found


def fetch(case: Case, question: Question, *, ask: Client | None = None) -> Path:
    """Ask, write the answer into `sources/` of the case, and return its path; the caller adds it.

    Raises CaseError where the case does not allow it (`[settings.fetch] comtrade = true`), EnduseError where there is no
    key, no answer, or one that was cut at the size the service gives.
    """
    if not case.file.settings.fetch.comtrade:
        raise CaseError(
            "this case does not fetch anything",
            where="case.toml: settings.fetch.comtrade",
            fix="Set comtrade = true under [settings.fetch]; the question then leaves this machine",
        )
    key = os.environ.get(KEY, "")
    if not key:
        raise EnduseError("no key of UN Comtrade", where=KEY, fix=f"Get one at comtradedeveloper.un.org and set {KEY}")
    path = case.folder / "sources" / question.name
    if path.exists():
        raise EnduseError("was fetched before", where=str(path), fix="Rename or remove it to ask again")
    asked = ask or client()
    found: list[dict[str, Any]] = []
    for at in range(0, len(question.periods), PERIODS):
        found += _call(asked, key, question, question.periods[at : at + PERIODS])
    if not found:
        raise EnduseError("UN Comtrade has no record of this", where=question.name, fix="No record is not no trade: see what the reporter publishes, or ask for other periods")  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    answer = {"source": "UN Comtrade", "question": asdict(question), "count": len(found), "data": found}
    write_text(path, json.dumps(answer, ensure_ascii=False, indent=0) + "\n")
    return path


def _call(ask: Client, key: str, question: Question, periods: Sequence[str]) -> list[dict[str, Any]]:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):  # the client prints what the service answers to a bad question
        frame = ask(
            key, typeCode="C", freqCode="M" if len(periods[0]) == 6 else "A", clCode="HS", period=",".join(periods),
            reporterCode=",".join(number_of(c) for c in question.reporters), cmdCode=",".join(question.codes),
            flowCode=",".join(question.flows), partnerCode=",".join(number_of(c) for c in question.partners) or None,
            partner2Code=None, customsCode=None, motCode=None, maxRecords=MOST, format_output="JSON", includeDesc=True,
        )  # fmt: skip
    if frame is None:
        told = " ".join(said.getvalue().replace(key, "(key)").split())[:300]
        raise EnduseError(f"UN Comtrade refused: {told or 'no answer'}", where=question.name, fix="See whether key, quota and question are right")  # fmt: skip
    if len(frame) >= MOST:
        raise EnduseError(f"the answer is cut at {MOST:,} records", where=question.name, fix="Ask for fewer codes, partners or periods at once")  # fmt: skip
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return found
