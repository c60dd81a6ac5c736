"""Django's SQLite backend with the settings that a ledger needs; ENGINE = "carolverse.db.sqlite3".

The library is chosen here, because Django imports this package before its own backend.
"""

from carolverse.db import driver

driver.install()
