"""Chains: one lot declared twice, consignments, links with their probability, chains of them, and hubs that have none."""

from .steps import STEPS

__all__ = ["STEPS"]
