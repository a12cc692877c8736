"""What Windows, macOS and Linux do differently, one module per concern. docs/platforms.md says what was run where.

Each module decides by `system.NAME`, so that tests run every branch on one machine.
"""
