-- What activities promise in numbers, what is counted for them by hand, and the programmes that
-- activities and items belong to.

-- One of the targets of an activity. Its number (no) stays with it however often the activity is
-- saved, so that what was counted by hand stays with the target it was counted for.
CREATE TABLE target (
    activity_id TEXT NOT NULL REFERENCES activity (id),
    no BIGINT NOT NULL,
    position BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    unit TEXT NOT NULL,
    counts TEXT NOT NULL CHECK (counts IN ('any', 'article', 'news', 'feature', 'external', 'bulletin', 'event',
        'broadcast', 'material', 'contest', 'figure')),
    PRIMARY KEY (activity_id, no)
);

-- A figure that a person entered for a target, with evidence: its item carries what it is, the day
-- and the evidence. Withdrawn ones stay, with the reason.
CREATE TABLE figure (
    item_id TEXT PRIMARY KEY REFERENCES item (id),
    activity_id TEXT NOT NULL REFERENCES activity (id),
    target_no BIGINT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    counted_on TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    entered_by TEXT NOT NULL REFERENCES account (id),
    withdrawn_at BIGINT,
    withdrawn_by TEXT REFERENCES account (id),
    withdrawal TEXT NOT NULL DEFAULT ''
);

CREATE INDEX figure_activity ON figure (activity_id, counted_on);

CREATE TABLE programme (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    position BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (agency_id, code)
);

CREATE TABLE activity_programme (
    activity_id TEXT NOT NULL REFERENCES activity (id),
    programme_id TEXT NOT NULL REFERENCES programme (id),
    PRIMARY KEY (activity_id, programme_id)
);

CREATE INDEX activity_programme_programme ON activity_programme (programme_id);

-- What belongs to a programme by itself, not through an activity.
CREATE TABLE item_programme (
    item_id TEXT NOT NULL REFERENCES item (id),
    programme_id TEXT NOT NULL REFERENCES programme (id),
    PRIMARY KEY (item_id, programme_id)
);

CREATE INDEX item_programme_programme ON item_programme (programme_id);
