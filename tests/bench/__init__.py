"""Measurements, run by ``make bench``. Ratios within one run; nothing here is asserted in the test suite."""
