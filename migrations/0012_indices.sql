-- Published indices (PAR INDEX, SIPAS, PAPI and their like): results by year, body and component, each
-- with its source. Values are exact decimals, kept as their digits.

CREATE TABLE published_index (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    about TEXT NOT NULL,
    out_of TEXT NOT NULL,
    unit TEXT NOT NULL CHECK (unit IN ('percent', 'points')),
    is_official BIGINT NOT NULL CHECK (is_official IN (0, 1)),
    position BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (agency_id, code)
);

-- A body that an index measures: a province, a department, the agency itself. One that was merged
-- names as which it goes on, from when and by which decision.
CREATE TABLE index_body (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    is_own BIGINT NOT NULL CHECK (is_own IN (0, 1)),
    successor_id TEXT REFERENCES index_body (id),
    merged_on TEXT,
    merged_by TEXT NOT NULL,
    UNIQUE (agency_id, name_key)
);

CREATE TABLE index_result (
    id TEXT PRIMARY KEY,
    index_id TEXT NOT NULL REFERENCES published_index (id),
    body_id TEXT NOT NULL REFERENCES index_body (id),
    year BIGINT NOT NULL,
    component TEXT NOT NULL,
    value TEXT NOT NULL,
    place BIGINT,
    n_bodies BIGINT,
    source TEXT NOT NULL,
    source_url TEXT NOT NULL,
    published_on TEXT,
    note TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id),
    UNIQUE (index_id, body_id, year, component)
);

CREATE INDEX index_result_year ON index_result (year);
