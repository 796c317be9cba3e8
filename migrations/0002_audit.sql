-- The log: what was done, by whom, in the order in which it was sealed. Rows are added, never changed
-- (docs/decisions/0006-audit-in-the-same-transaction.md). Times are milliseconds since 1970 (UTC).

-- One act; written in the act's own transaction. `hash` is SHA-256(0x00 || the canonical entry).
CREATE TABLE audit_entry (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('account', 'system', 'public')),
    actor_id TEXT,
    actor_name TEXT,
    act TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    data TEXT NOT NULL,
    hash BYTEA NOT NULL CHECK (length(hash) = 32),
    CHECK ((actor_kind = 'account') = (actor_id IS NOT NULL AND actor_name IS NOT NULL))
);

CREATE INDEX audit_entry_subject ON audit_entry (subject_kind, subject_id, at);
CREATE INDEX audit_entry_agency ON audit_entry (agency_id, at);

-- Which entries wait for the sequencer, in the order of their insertion.
-- @sqlite
-- @statement
CREATE TABLE audit_pending (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    entry_id TEXT NOT NULL UNIQUE REFERENCES audit_entry (id)
);
-- @end
-- @postgres
-- @statement
CREATE TABLE audit_pending (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id TEXT NOT NULL UNIQUE REFERENCES audit_entry (id)
);
-- @end

-- The leaves of the tree, without a gap from 0.
CREATE TABLE audit_leaf (
    seq BIGINT PRIMARY KEY CHECK (seq >= 0),
    entry_id TEXT NOT NULL UNIQUE REFERENCES audit_entry (id),
    hash BYTEA NOT NULL CHECK (length(hash) = 32)
);

-- Full tiles only: 256 hashes of one level, and the root over them.
CREATE TABLE audit_tile (
    level BIGINT NOT NULL CHECK (level >= 0),
    tile BIGINT NOT NULL CHECK (tile >= 0),
    hashes BYTEA NOT NULL CHECK (length(hashes) = 8192),
    root BYTEA NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (level, tile)
);

-- Every checkpoint that was signed.
CREATE TABLE audit_checkpoint (
    size BIGINT PRIMARY KEY CHECK (size >= 0),
    note TEXT NOT NULL
);

-- How many leaves there are. Its one row is also what sequencers on several nodes take turns on.
CREATE TABLE audit_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    size BIGINT NOT NULL CHECK (size >= 0)
);

INSERT INTO audit_head (one, size) VALUES (1, 0);

-- @sqlite
-- @statement
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry: rows are added, never changed'); END;
-- @statement
CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit_entry: rows are added, never deleted'); END;
-- @statement
CREATE TRIGGER audit_leaf_stays BEFORE UPDATE ON audit_leaf
BEGIN SELECT RAISE(ABORT, 'audit_leaf: rows are added, never changed'); END;
-- @statement
CREATE TRIGGER audit_leaf_remains BEFORE DELETE ON audit_leaf
BEGIN SELECT RAISE(ABORT, 'audit_leaf: rows are added, never deleted'); END;
-- @statement
CREATE TRIGGER audit_tile_stays BEFORE UPDATE ON audit_tile
BEGIN SELECT RAISE(ABORT, 'audit_tile: rows are added, never changed'); END;
-- @statement
CREATE TRIGGER audit_tile_remains BEFORE DELETE ON audit_tile
BEGIN SELECT RAISE(ABORT, 'audit_tile: rows are added, never deleted'); END;
-- @statement
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint: rows are added, never changed'); END;
-- @statement
CREATE TRIGGER audit_checkpoint_remains BEFORE DELETE ON audit_checkpoint
BEGIN SELECT RAISE(ABORT, 'audit_checkpoint: rows are added, never deleted'); END;
-- @end

-- @postgres
-- @statement
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: rows are added, never changed or deleted', TG_TABLE_NAME;
END
$$;
-- @statement
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- @statement
CREATE TRIGGER audit_leaf_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_leaf
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- @statement
CREATE TRIGGER audit_tile_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_tile
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- @statement
CREATE TRIGGER audit_checkpoint_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- @end
