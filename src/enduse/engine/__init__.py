"""Engines and the steps they run."""

from .base import Engine
from .step import Context, Made, Progress, Stage, Step, sql_step

__all__ = ["Context", "Engine", "Made", "Progress", "Stage", "Step", "sql_step"]
