"""The desk (收件台): pages for people who use no command line.

``alone/`` is the form for one person on one machine (单机). What lies beside it serves any form:
the guard before every request, work that takes a while, what is done in worker processes, and what
the pages show of a workbook. Needs the extra ``desk``.
"""
