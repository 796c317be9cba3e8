-- Which days are worked. Rows are never changed but to say that they were taken away, so that what
-- was known at any moment can be told later: why a deadline moved.

-- Days that are not what their weekday says. Without an agency a row holds for the whole
-- installation; an agency's own row for the same day comes before it.
CREATE TABLE day_off (
    id TEXT PRIMARY KEY,
    agency_id TEXT REFERENCES agency (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('holiday', 'swapped_off', 'swapped_work')),
    name TEXT NOT NULL,
    decision_number TEXT NOT NULL DEFAULT '',
    decision_on TEXT,
    added_at BIGINT NOT NULL,
    added_by TEXT REFERENCES account (id),
    removed_at BIGINT,
    removed_by TEXT REFERENCES account (id),
    removal_reason TEXT NOT NULL DEFAULT ''
);

CREATE UNIQUE INDEX day_off_agency ON day_off (agency_id, day) WHERE removed_at IS NULL AND agency_id IS NOT NULL;
CREATE UNIQUE INDEX day_off_everywhere ON day_off (day) WHERE removed_at IS NULL AND agency_id IS NULL;
CREATE INDEX day_off_known ON day_off (agency_id, added_at);

-- Whether an agency works on Saturdays, from a moment on.
CREATE TABLE work_week (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    is_saturday_worked BIGINT NOT NULL CHECK (is_saturday_worked IN (0, 1)),
    set_at BIGINT NOT NULL,
    set_by TEXT REFERENCES account (id)
);

CREATE INDEX work_week_agency ON work_week (agency_id, set_at);
