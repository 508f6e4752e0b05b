"""From a header row and a sample to roles: proposal, side of the border, and the mapping file a user may edit."""

from .asking import ask, doubtful
from .file import dump, load
from .propose import ColumnRole, propose
from .saved import fingerprint, recognized
from .sides import Side, flow, side

__all__ = [
    "ColumnRole",
    "Side",
    "ask",
    "doubtful",
    "dump",
    "fingerprint",
    "flow",
    "load",
    "propose",
    "recognized",
    "side",
]
