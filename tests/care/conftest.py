"""Care stories live in the same town as all others."""

from tests.journeys.conftest import town

__all__ = ["town"]
