"""The tables of a round: columns and rows, however they are shown."""
