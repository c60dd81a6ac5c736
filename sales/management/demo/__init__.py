"""The sample organisation that the project ships: its registry, its designs, its customers and what they said.

Data and its readers only. It knows no Django and writes nothing; filling a database is the `demo` command's work.
"""
