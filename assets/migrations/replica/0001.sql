-- What a desk mirrors of the log. Everything here can be fetched again.
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- `excerpt` and `news` are joined in when events arrive, so that the first screen is one ordered scan.
CREATE TABLE tickets(
  id BLOB PRIMARY KEY, customer BLOB NOT NULL, open INTEGER NOT NULL, number INTEGER, news INTEGER NOT NULL,
  excerpt TEXT NOT NULL, head TEXT NOT NULL
) STRICT;
CREATE INDEX tickets_customer ON tickets(customer);
CREATE INDEX tickets_number ON tickets(number);
CREATE INDEX tickets_open ON tickets(open) WHERE open = 1;
CREATE TABLE customers(
  id BLOB PRIMARY KEY, head TEXT NOT NULL, personal TEXT NOT NULL, name TEXT NOT NULL, last4 TEXT NOT NULL,
  keys TEXT NOT NULL
) STRICT;
CREATE TABLE phones(phone TEXT NOT NULL, customer BLOB NOT NULL, PRIMARY KEY(phone, customer)) STRICT, WITHOUT ROWID;
CREATE TABLE site(kind INTEGER NOT NULL, id BLOB NOT NULL, head TEXT NOT NULL, PRIMARY KEY(kind, id)) STRICT, WITHOUT ROWID;
CREATE TABLE events(
  seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, stream BLOB NOT NULL, version INTEGER NOT NULL,
  position INTEGER NOT NULL, command BLOB NOT NULL, customer BLOB, json TEXT NOT NULL,
  UNIQUE(kind, stream, version)
) STRICT;
CREATE INDEX events_command ON events(command);
CREATE INDEX events_customer ON events(customer) WHERE customer IS NOT NULL;
CREATE VIRTUAL TABLE words USING fts5(body, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0");
