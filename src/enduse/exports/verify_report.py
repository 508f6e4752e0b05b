"""What a verification found: each check with what it looked at, each fault with file, figure, expected, found and what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

MOST = 50  # faults of one check that are listed; the rest is counted

# What no check of this program can show, said with every result.
UNPROVED: tuple[str, ...] = (
    "that the sources are true, whole or genuine: a record is what somebody declared",
    "that a merge of names or a reading of goods is right: those are inferred, and marked so",
    "who made it, or when: whoever can write every file can write every digest. Compare the digest below with one you got another way",
)


@dataclass(frozen=True)
class Fault:
    """One thing that does not hold. `where` is a file, figure, table row or source."""

    where: str
    what: str
    expected: str = ""
    found: str = ""
    fix: str = ""


@dataclass
class Check:
    """One check: `looked` says in words at how much it looked; it holds where it has no fault. `left` says what it left out."""

    name: str
    looked: str = ""
    left: str = ""
    faults: list[Fault] = field(default_factory=list)
    more: int = 0  # faults beyond MOST

    def fault(self, where: str, what: str, expected: object = "", found: object = "", fix: str = "") -> None:
        """Note a fault."""
        if len(self.faults) >= MOST:
            self.more += 1
            return
        self.faults.append(Fault(where, what, str(expected)[:300], str(found)[:300], fix))

    @property
    def holds(self) -> bool:
        return not self.faults


@dataclass
class Report:
    """All checks of one thing. `kind` is crate, case or proof; `digest` identifies a crate by its list of files."""

    kind: str
    path: str
    about: str = ""
    digest: str = ""
    checks: list[Check] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def check(self, name: str) -> Check:
        """Begin a check."""
        made = Check(name)
        self.checks.append(made)
        return made

    @property
    def holds(self) -> bool:
        return all(c.holds for c in self.checks)

    @property
    def faults(self) -> int:
        return sum(len(c.faults) + c.more for c in self.checks)

    def data(self) -> dict[str, Any]:
        """As JSON-able data, with what it does not prove."""
        return {"holds": self.holds, **asdict(self), "not_proved": list(UNPROVED)}

    @classmethod
    def of(cls, data: dict[str, Any]) -> Report:
        """Back from `data`."""
        checks = [
            Check(c["name"], c["looked"], c["left"], [Fault(**f) for f in c["faults"]], c["more"])
            for c in data["checks"]
        ]
        return cls(data["kind"], data["path"], data["about"], data["digest"], checks, list(data["notes"]))
