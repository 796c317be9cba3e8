-- What every feature stands on: agencies, units, people, sessions, files, settings.
-- Times are milliseconds since 1970 (UTC), dates are YYYY-MM-DD, ids are UUIDv7 text, truths are 0 or 1.

CREATE TABLE agency (
    id TEXT PRIMARY KEY,
    host TEXT,
    created_at BIGINT NOT NULL,
    next_number BIGINT NOT NULL DEFAULT 1
);

CREATE UNIQUE INDEX agency_host ON agency (host) WHERE host IS NOT NULL;

-- Names change within the life of a plan: each name holds from a day to a day (domain 6).
CREATE TABLE agency_version (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    superior TEXT NOT NULL,
    place TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',
    responsible TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    valid_from TEXT NOT NULL,
    valid_to TEXT
);

CREATE INDEX agency_version_agency ON agency_version (agency_id, valid_from);

CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX unit_agency ON unit (agency_id, position);

CREATE TABLE unit_version (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    parent_unit_id TEXT REFERENCES unit (id),
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    symbol TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT
);

CREATE INDEX unit_version_unit ON unit_version (unit_id, valid_from);

CREATE TABLE account (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    unit_id TEXT REFERENCES unit (id),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    pen_name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    job_title TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'vi' CHECK (language IN ('vi', 'en')),
    password_hash TEXT NOT NULL,
    must_change_password BIGINT NOT NULL CHECK (must_change_password IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    created_at BIGINT NOT NULL,
    signed_in_at BIGINT,
    UNIQUE (email)
);

CREATE INDEX account_agency ON account (agency_id, sort_key);

CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    PRIMARY KEY (account_id, role)
);

-- Only the hash of a session's secret is kept, so a stolen copy of the table opens nothing.
CREATE TABLE session (
    id_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);

CREATE INDEX session_account ON session (account_id);
CREATE INDEX session_ends ON session (ends_at);

-- Failed sign-ins by key (an account's address, a network), to slow guessing down.
CREATE TABLE sign_in_failure (
    id TEXT PRIMARY KEY,
    n_failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- Machines on which a person has signed in; guessing elsewhere does not slow these down.
CREATE TABLE known_device (
    id_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL
);

CREATE TABLE file (
    sha256 TEXT PRIMARY KEY,
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Which agency may show a file, under which name, and whether the public may see it.
CREATE TABLE file_use (
    agency_id TEXT NOT NULL REFERENCES agency (id),
    sha256 TEXT NOT NULL REFERENCES file (sha256),
    name TEXT NOT NULL,
    uploaded_by TEXT REFERENCES account (id),
    uploaded_at BIGINT NOT NULL,
    is_public BIGINT NOT NULL CHECK (is_public IN (0, 1)),
    PRIMARY KEY (agency_id, sha256)
);

-- What an agency chose, by name: the signer of its reports and the like.
CREATE TABLE setting (
    agency_id TEXT NOT NULL REFERENCES agency (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (agency_id, name)
);
