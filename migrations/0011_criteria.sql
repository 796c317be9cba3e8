-- Criteria sets: what a body is judged by, as dated data. Points and shares are exact decimals, kept
-- as their digits; rules, sources and examples are JSON that only the feature reads.

CREATE TABLE criteria_set (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    title TEXT NOT NULL,
    number TEXT NOT NULL,
    issued_on TEXT,
    issuer TEXT NOT NULL,
    level TEXT NOT NULL,
    year_from BIGINT NOT NULL,
    year_to BIGINT,
    total TEXT,
    note TEXT NOT NULL,
    kept TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'in_force', 'replaced')),
    follows_id TEXT REFERENCES criteria_set (id),
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT REFERENCES account (id)
);

CREATE INDEX criteria_set_agency ON criteria_set (agency_id, year_from);

CREATE TABLE area (
    id TEXT PRIMARY KEY,
    set_id TEXT NOT NULL REFERENCES criteria_set (id),
    position BIGINT NOT NULL,
    no TEXT NOT NULL,
    title TEXT NOT NULL,
    max_points TEXT NOT NULL,
    kept TEXT NOT NULL
);

CREATE INDEX area_set ON area (set_id, position);

CREATE TABLE criterion (
    id TEXT PRIMARY KEY,
    area_id TEXT NOT NULL REFERENCES area (id),
    position BIGINT NOT NULL,
    no TEXT NOT NULL,
    title TEXT NOT NULL,
    max_points TEXT NOT NULL,
    kept TEXT NOT NULL
);

CREATE INDEX criterion_area ON criterion (area_id, position);

CREATE TABLE component (
    id TEXT PRIMARY KEY,
    criterion_id TEXT NOT NULL REFERENCES criterion (id),
    position BIGINT NOT NULL,
    no TEXT NOT NULL,
    title TEXT NOT NULL,
    max_points TEXT NOT NULL,
    guidance TEXT NOT NULL,
    evidence TEXT NOT NULL,
    source TEXT NOT NULL,
    example TEXT,
    kept TEXT NOT NULL,
    rule_version BIGINT NOT NULL
);

CREATE INDEX component_criterion ON component (criterion_id, position);

-- Every version of a rule stays, with what the appraiser said of it.
CREATE TABLE component_rule (
    id TEXT PRIMARY KEY,
    component_id TEXT NOT NULL REFERENCES component (id),
    version BIGINT NOT NULL,
    rule TEXT NOT NULL,
    second_reading TEXT,
    note TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id),
    UNIQUE (component_id, version)
);
