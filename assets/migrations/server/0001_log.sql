-- The log. Identifiers are 16-byte blobs, times UTC milliseconds, bodies JSON as text.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One log position and one ticket number for the whole log, moved inside the writing transaction: others would commit
-- out of order and leave holes that a reader cannot tell from what is still to come.
CREATE TABLE counter (
    name  TEXT PRIMARY KEY,
    value INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO counter (name, value) VALUES ('position', 0), ('number', 0), ('fold_version', 0);

-- Who could see a ticket at some moment: its queue and its holder. Few distinct pairs, many events.
CREATE TABLE place (
    id       INTEGER PRIMARY KEY,
    queue    BLOB NOT NULL,
    assignee BLOB
);
CREATE UNIQUE INDEX place_pair ON place (queue, ifnull(assignee, x''));

CREATE TABLE event (
    position    INTEGER PRIMARY KEY,
    stream_kind INTEGER NOT NULL,
    stream_id   BLOB NOT NULL,
    version     INTEGER NOT NULL,
    command     BLOB NOT NULL,
    idx         INTEGER NOT NULL,
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    actor       BLOB NOT NULL,
    kind        TEXT NOT NULL,
    v           INTEGER NOT NULL,
    data        TEXT NOT NULL,
    customer    BLOB,
    place_from  INTEGER,
    place_to    INTEGER
);
CREATE UNIQUE INDEX event_stream ON event (stream_kind, stream_id, version);
CREATE INDEX event_command ON event (command, idx);

CREATE TABLE payload (
    position INTEGER PRIMARY KEY,
    customer BLOB NOT NULL,
    data     TEXT NOT NULL
);

CREATE TABLE head (
    kind         INTEGER NOT NULL,
    id           BLOB NOT NULL,
    version      INTEGER NOT NULL,
    position     INTEGER NOT NULL,
    fold_version INTEGER NOT NULL,
    open         INTEGER NOT NULL,
    number       INTEGER,
    customer     BLOB,
    queue        BLOB,
    assignee     BLOB,
    item         TEXT,
    undelivered  INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL,
    data         TEXT NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE UNIQUE INDEX head_number ON head (number) WHERE number IS NOT NULL;
CREATE INDEX head_customer ON head (customer, updated_at) WHERE customer IS NOT NULL;
CREATE INDEX head_open ON head (customer, id) WHERE kind = 1 AND open = 1;
CREATE INDEX head_held ON head (assignee) WHERE kind = 1 AND open = 1;
CREATE INDEX head_queue ON head (queue, open, updated_at) WHERE kind = 1;
CREATE INDEX head_position ON head (position) WHERE kind = 1;
CREATE INDEX head_updated ON head (updated_at, id) WHERE kind = 1;
CREATE INDEX head_undelivered ON head (updated_at) WHERE undelivered > 0;

-- What was answered, without any personal value: events are found by their command.
CREATE TABLE answer (
    command   BLOB PRIMARY KEY,
    user      BLOB,
    body_hash BLOB NOT NULL,
    at        INTEGER NOT NULL,
    answer    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE origin (
    source      TEXT NOT NULL,
    foreign_id  TEXT NOT NULL,
    stream_kind INTEGER NOT NULL,
    stream_id   BLOB NOT NULL,
    PRIMARY KEY (source, foreign_id)
) WITHOUT ROWID;

-- Names that only one stream may have: logins and queue slugs.
CREATE TABLE handle (
    kind      INTEGER NOT NULL,
    value     TEXT NOT NULL,
    stream_id BLOB NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;

-- One address may belong to several customers.
CREATE TABLE identity (
    kind     TEXT NOT NULL,
    value    TEXT NOT NULL,
    customer BLOB NOT NULL,
    source   TEXT NOT NULL,
    PRIMARY KEY (kind, value, customer)
) WITHOUT ROWID;
CREATE INDEX identity_customer ON identity (customer);

CREATE TABLE person (
    customer BLOB PRIMARY KEY,
    name     TEXT NOT NULL,
    initials TEXT NOT NULL,
    pinyin   TEXT NOT NULL,
    tokens   TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX person_initials ON person (initials);
CREATE INDEX person_pinyin ON person (pinyin);

CREATE TABLE token (
    id         TEXT PRIMARY KEY,
    hash       BLOB NOT NULL UNIQUE,
    user       BLOB NOT NULL,
    label      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5 (
    body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
