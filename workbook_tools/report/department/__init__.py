"""A department's self-evaluation report."""
