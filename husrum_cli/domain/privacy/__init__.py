"""Subject access, erasure, retention."""
