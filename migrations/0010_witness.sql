-- Who else keeps watch over the log, over whose logs we keep watch, what was found, and the keys of
-- what is personal in the log. Times are milliseconds since 1970 (UTC).

-- The key under which the log seals what is personal of one person; erased on request, with the act
-- `account.erase` in the log. The row stays and says when.
CREATE TABLE audit_person_key (
    account_id TEXT PRIMARY KEY,
    secret BYTEA,
    made_at BIGINT NOT NULL,
    erased_at BIGINT,
    CHECK ((secret IS NULL) = (erased_at IS NOT NULL)),
    CHECK (secret IS NULL OR length(secret) = 32)
);

-- Another office's log-keeper that cosigns our checkpoints, as an administrator entered it.
CREATE TABLE witness (
    id TEXT PRIMARY KEY,
    url TEXT NOT NULL,
    key TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL REFERENCES account (id),
    removed_at BIGINT,
    asked_at BIGINT,
    answered_at BIGINT,
    size BIGINT NOT NULL DEFAULT 0 CHECK (size >= 0),
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'cosigned', 'silent', 'stranger', 'ahead', 'refused')),
    reply TEXT NOT NULL DEFAULT ''
);

CREATE UNIQUE INDEX witness_url ON witness (url) WHERE removed_at IS NULL;

-- What a witness signed: one line of a signed note for one of our checkpoints.
CREATE TABLE cosignature (
    witness_id TEXT NOT NULL REFERENCES witness (id),
    size BIGINT NOT NULL CHECK (size >= 0),
    line TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (witness_id, size)
);

-- The log of another office whose checkpoints we cosign. Rows are never deleted: who forgot what it
-- had cosigned could cosign a second history.
CREATE TABLE witnessed_log (
    origin TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    is_watched BIGINT NOT NULL CHECK (is_watched IN (0, 1)),
    added_at BIGINT NOT NULL,
    added_by TEXT NOT NULL REFERENCES account (id),
    size BIGINT NOT NULL DEFAULT 0 CHECK (size >= 0),
    note TEXT NOT NULL DEFAULT '',
    cosigned_at BIGINT,
    refused_note TEXT NOT NULL DEFAULT '',
    refused_at BIGINT
);

-- That our log is no longer the one that was signed before: both notes, and how it ended.
CREATE TABLE log_alarm (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('rolled_back', 'forked')),
    source TEXT NOT NULL,
    known_note TEXT NOT NULL,
    own_note TEXT NOT NULL,
    found_at BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT REFERENCES account (id),
    reason TEXT NOT NULL DEFAULT ''
);

CREATE UNIQUE INDEX log_alarm_known ON log_alarm (known_note);
