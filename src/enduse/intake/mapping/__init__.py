"""From a header row and a sample to roles: proposal, side of the border, and the mapping file a user may edit."""

from .file import dump, load
from .propose import ColumnRole, propose
from .sides import Side, flow, side

__all__ = ["ColumnRole", "Side", "dump", "flow", "load", "propose", "side"]
