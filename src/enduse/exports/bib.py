"""`documents.bib`: the press documents of a case, for a reference manager or a footnote (BibTeX)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enduse.contracts.case_file import CaseFile
    from enduse.engine.base import Engine

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LONGEST = 200  # characters of a title; a text without line ends would put all of itself there
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")

# One row a document: its first lines (a title needs no more), the day its claims were read with, and who carries it.
_DOCUMENTS = """
SELECT d.source, d.sha256, substr(ltrim(d.content), 1, 2000) AS opening, c.ref_date, a.outlet
FROM document AS d
LEFT JOIN (SELECT doc, min(ref_date) AS ref_date FROM claim GROUP BY doc) AS c ON c.doc = d.source
LEFT JOIN (
    SELECT c.doc, min(t.name) AS outlet FROM claim AS c JOIN attribution AS t ON t.claim_id = c.id
    WHERE t.position = 1 AND starts_with(t.type, 'outlet') GROUP BY c.doc HAVING count(DISTINCT t.name) = 1
) AS a ON a.doc = d.source
ORDER BY d.source
"""


def escaped(text: str) -> str:
    """Text as the inside of a BibTeX field: what TeX would act on is spelt out, letters of every script stay."""
    plain = _CONTROL.sub(" ", text)
    return "".join(_SPECIAL.get(c, c) for c in plain)


def _title(opening: str) -> str:
    lines = (" ".join(line.split()) for line in opening.lstrip("\ufeff").splitlines())
    filled = [line for line in lines if line]
    # The press notes of the demonstration begin with a line that says what they are; the note of the entry says it too.
    first = next((line for line in filled if not line.startswith("SIMULATED")), filled[0] if filled else "")
    return first if len(first) <= LONGEST else f"{first[: LONGEST - 1].rstrip()}…"


def entry(document: dict[str, Any], case: CaseFile) -> str:
    """One `@misc` entry. Nothing is guessed: a field stands only where the case or the text states it."""
    alias = document["source"]
    # What a sealed document says of itself would tell which it is.
    sealed = any(s.sealed and s.alias == alias for s in case.source)
    outlet = "" if sealed else case.settings.press.outlet.get(alias) or document["outlet"]
    day = case.settings.press.date.get(alias) or document["ref_date"]
    fields = {"title": "{" + escaped(alias if sealed else _title(document["opening"] or "") or alias) + "}"}
    if outlet:
        fields["howpublished"] = escaped(outlet)
    if day:
        fields["year"] = f"{day.year}"
        fields["month"] = MONTHS[day.month - 1]
        fields["date"] = day.isoformat()
    note = f"file {escaped(alias)} of the case, {'salted digest' if sealed else 'SHA-256'} {document['sha256']}"
    fields["note"] = f"{'SIMULATED. ' if case.simulated else ''}{note}"
    body = ",\n".join(f"  {k} = {v if k == 'month' else '{' + v + '}'}" for k, v in fields.items())
    return f"@misc{{enduse{document['sha256'][:12]},\n{body}\n}}\n"


def write_bib(case: CaseFile, engine: Engine, folder: Path) -> Path:
    """`documents.bib` in `folder`, one entry a press document, in the order of their aliases."""
    found = engine.fetch(_DOCUMENTS).to_pylist()
    head = f"% Press documents of the case{'' if found else ': none'}. Letters are UTF-8: use biber, or bibtex with inputenc.\n"
    path = folder / "documents.bib"
    path.write_text(head + "".join("\n" + entry(d, case) for d in found), encoding="utf-8", newline="")
    return path
