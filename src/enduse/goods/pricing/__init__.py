"""Unit values against peers: understatement, unit slips, and their sum by exporter."""

from .steps import STEPS

__all__ = ["STEPS"]
