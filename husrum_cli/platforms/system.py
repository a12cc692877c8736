"""The kind of operating system."""

from __future__ import annotations

import sys

WINDOWS, MACOS, OTHER = "windows", "macos", "other"

NAME = {"win32": WINDOWS, "darwin": MACOS}.get(sys.platform, OTHER)
"""The kind of system this program runs on. Read it as `system.NAME`, never import the name alone: tests replace it."""
