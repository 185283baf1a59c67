"""What the package costs beside a floor measured in the same run; a table each, no timed test."""
