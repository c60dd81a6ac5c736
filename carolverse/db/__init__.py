"""What any Django app may want of its database: our SQLite backend, our constraints, a write lock.

Knows nothing of sales.
"""
