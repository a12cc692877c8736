"""The file: opened, made, checked and written here and nowhere else."""

from .opening import create, open_store, peek
from .store import Store

__all__ = ["Store", "create", "open_store", "peek"]
