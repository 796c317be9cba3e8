-- Units merge and split: which unit goes on as which, from when and by which decision, and what was
-- moved with it. Names by date stay where they are (unit_version).

ALTER TABLE unit ADD COLUMN closed_on TEXT;

-- All rows of one change bear the same change_id.
CREATE TABLE unit_succession (
    id TEXT PRIMARY KEY,
    change_id TEXT NOT NULL,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    from_unit_id TEXT NOT NULL REFERENCES unit (id),
    to_unit_id TEXT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    decision_number TEXT NOT NULL DEFAULT '',
    decision_on TEXT,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id)
);

CREATE INDEX unit_succession_agency ON unit_succession (agency_id, day);

-- A person or a piece of open work that went from one unit to another in a change.
CREATE TABLE unit_move (
    id TEXT PRIMARY KEY,
    change_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    title TEXT NOT NULL,
    from_unit_id TEXT NOT NULL REFERENCES unit (id),
    to_unit_id TEXT NOT NULL REFERENCES unit (id),
    moved_at BIGINT NOT NULL
);

CREATE INDEX unit_move_from ON unit_move (from_unit_id, moved_at);
CREATE INDEX unit_move_to ON unit_move (to_unit_id, moved_at);
