"""The nation: merging cities, and linking the same person across them."""
