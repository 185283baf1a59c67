"""Workbooks spoilt at random but by seed, put through the whole way, and what must hold then."""
