"""The data of a round: departments, refusals, notices, the round before."""
