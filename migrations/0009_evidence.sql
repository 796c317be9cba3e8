-- Evidence: what was kept, what it shows, what it proves, and which pieces look like each other.

-- A piece of evidence. Nothing of it changes but that it may be withdrawn with a reason; it is never
-- taken away. `kind` says how it was kept (a capture), `proof_kind` what sort of proof it is.
-- `words` is what a search looks through, without accents; `link_key` is by what two addresses are one.
CREATE TABLE evidence (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    unit_id TEXT REFERENCES unit (id),
    item_id TEXT REFERENCES item (id),
    kind TEXT NOT NULL CHECK (kind IN ('page', 'file', 'link')),
    proof_kind TEXT NOT NULL CHECK (proof_kind IN ('page', 'document', 'email', 'minutes', 'attendance',
        'publication', 'photo', 'figure')),
    title TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    link_key TEXT NOT NULL DEFAULT '',
    shown_on TEXT NOT NULL,
    place TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL DEFAULT '',
    proves TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    taken_at BIGINT NOT NULL,
    taken_by TEXT REFERENCES account (id),
    withdrawn_at BIGINT,
    withdrawn_by TEXT REFERENCES account (id),
    withdrawal TEXT NOT NULL DEFAULT '',
    entry_id TEXT NOT NULL REFERENCES audit_entry (id),
    CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL))
);

CREATE INDEX evidence_item ON evidence (item_id);
CREATE INDEX evidence_agency ON evidence (agency_id, taken_at);
CREATE INDEX evidence_shown ON evidence (agency_id, shown_on);
CREATE INDEX evidence_link ON evidence (agency_id, link_key);

-- `picture` is what a picture looks like, for finding the same one saved anew; null for other files.
CREATE TABLE evidence_file (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    position BIGINT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES file (sha256),
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    picture TEXT,
    PRIMARY KEY (evidence_id, position)
);

CREATE INDEX evidence_file_sha256 ON evidence_file (sha256);

-- What a piece proves: an item, an activity, a self-score. One piece may prove many things.
CREATE TABLE evidence_subject (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    attached_at BIGINT NOT NULL,
    attached_by TEXT REFERENCES account (id),
    PRIMARY KEY (evidence_id, subject_kind, subject_id)
);

CREATE INDEX evidence_subject_subject ON evidence_subject (subject_kind, subject_id);

-- A piece that seems to be an older one again, and why both were kept.
CREATE TABLE evidence_likeness (
    evidence_id TEXT NOT NULL REFERENCES evidence (id),
    older_id TEXT NOT NULL REFERENCES evidence (id),
    likeness TEXT NOT NULL CHECK (likeness IN ('bytes', 'link', 'picture')),
    kept_because TEXT NOT NULL DEFAULT '',
    found_at BIGINT NOT NULL,
    PRIMARY KEY (evidence_id, older_id)
);

CREATE INDEX evidence_likeness_older ON evidence_likeness (older_id);

-- Which kinds of evidence an activity must have, as words with spaces between them; none is a choice
-- too. Without a row nobody has chosen yet. An activity that is taken out of a draft leaves its row behind.
CREATE TABLE activity_requirement (
    activity_id TEXT PRIMARY KEY,
    kinds TEXT NOT NULL DEFAULT '',
    chosen_at BIGINT NOT NULL,
    chosen_by TEXT REFERENCES account (id)
);
