"""Differences between Windows, macOS and Linux, one module per concern. docs/platforms.md lists what was run on which.

Each module decides by `system.NAME`, so that tests run every branch on one machine.
"""
