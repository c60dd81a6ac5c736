"""Commission: priced and unpriced wins enter; rows of the ledger leave. Earned only when the hold is over (R4, R8)."""
