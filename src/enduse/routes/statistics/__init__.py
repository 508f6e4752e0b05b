"""Steps of the routes room."""

from enduse.engine.step import Step

STEPS: tuple[Step, ...] = ()

__all__ = ["STEPS"]
