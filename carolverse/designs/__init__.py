"""The design store's window: reads what may be said and promised about a service.

Pure: no Django, no sales, no writing. Whether a design is approved, and what follows, is for sales to decide.
"""
