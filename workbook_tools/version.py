"""The version of this package, in a place of its own so that nothing inside asks its face."""

__version__ = "0.1.0"
