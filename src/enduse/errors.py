"""One base error: what went wrong, where, and what to do about it.

The command line prints `str(error)` on one line of stderr and exits with `error.exit_code`; no traceback reaches a user.
"""

from __future__ import annotations


class EnduseError(Exception):
    """What, where (file:record, key, table, query) and what to do. Exit code 3: an input was missing or refused."""

    exit_code = 3

    def __init__(self, what: str, *, where: str = "", fix: str = "") -> None:
        self.what, self.where, self.fix = what, where, fix
        super().__init__(str(self))

    def __str__(self) -> str:
        """One line: `where: what. fix`."""
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text}. {self.fix}" if self.fix else text


class UsageError(EnduseError):
    """The command line itself is wrong (unknown stage, format or option value)."""

    exit_code = 2


class SourceRefused(EnduseError):  # noqa: N818 - the field's word: a source is refused, not erroneous
    """A file cannot be a source of a case: missing, empty, binary, unreadable, too large, changed since it was added."""


class CaseError(EnduseError):
    """The case folder or its `case.toml` is missing, broken or holds a wrong setting."""


class QueryError(EnduseError):
    """A query failed in the engine; the message carries the step and the SQL that was sent."""


class VerificationError(EnduseError):
    """A figure or an export does not re-compute to the value it states."""

    exit_code = 4
