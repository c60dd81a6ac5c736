"""Intake: rows of a file enter; leads and customers leave, with what is to be booked for those that were won.

It reads a file, judges each row against the registry and the mapping, and writes leads. It books nothing: that is
closing's, and whoever runs an import calls both (DESIGN sections 3 and 6; R1, R3, R38).
"""
