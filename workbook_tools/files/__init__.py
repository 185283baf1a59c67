"""The file system: whole or not at all, safe names, targets."""
