"""Are the tests able to fail? Each function of a room is broken in many small ways, one at a time.

``python -m tests.mutation checks`` says how many of these mutants the tests of a room notice, and
lists those that they do not.
"""
