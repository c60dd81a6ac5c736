"""How each rule of the database is broken, one file per room, and the proof that the database refuses each breach."""
