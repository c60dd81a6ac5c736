"""Closing: an open lead with its customer enters; a win with its evidence, its pricing and its hand-off leaves.

``book_wins`` is the only booking code there is (R29, DESIGN section 7).
"""
