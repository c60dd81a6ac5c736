"""What the readers of outside sources share: bytes, strict JSON, rows of a database, fields, digests.

Pure: no Django, no sales, no registry. Which tables and fields there are is for each reader to say.
"""
