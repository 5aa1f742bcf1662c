-- How playbook lines do: what is followed on each ticket, and the counts so far. Counted from the mirrored events, and begun anew
-- with them.
CREATE TABLE following(ticket BLOB PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tries(line TEXT PRIMARY KEY, said INTEGER NOT NULL, well INTEGER NOT NULL) STRICT, WITHOUT ROWID;
