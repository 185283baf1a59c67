"""Tests of the archive of a round."""
