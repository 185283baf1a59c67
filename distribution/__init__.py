"""What people without Python are given: a folder for Windows, a wheelhouse for Linux.

Neither is part of the package; both are made of it, on Linux, by `python -m distribution.windows`
and `python -m distribution.linux`. `docs/distribution.md` says how a release is made.
"""
