"""Exports: what leaves the file, for people and programs to work on."""
