"""The engines of search: one interface (``base.Backend``), chosen by the database that holds the stories."""

from django.db import connection

from .base import Backend, Filters, Hits, Order
from .postgres import PostgresBackend
from .sqlite import SqliteBackend

__all__ = ["Backend", "Filters", "Hits", "Order", "backend"]

BY_VENDOR: dict[str, type[Backend]] = {"sqlite": SqliteBackend, "postgresql": PostgresBackend}


def backend() -> Backend:
    """Return the engine of the paper's database."""
    return BY_VENDOR[connection.vendor]()
