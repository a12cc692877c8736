"""husrum: one file per city for communities of lonely young people."""

__version__ = "0.1.0"
