-- The yearly round: who is judged by which criteria set, by when; what each body says of itself, what
-- appraisers made of it, appeals, survey points, the decision. Points are exact decimals as text.

CREATE TABLE score_round (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    set_id TEXT NOT NULL REFERENCES criteria_set (id),
    year BIGINT NOT NULL,
    title TEXT NOT NULL,
    phase TEXT NOT NULL CHECK (phase IN ('opening', 'self_score', 'appraisal', 'appeal', 'survey',
        'ranking', 'decision', 'decided')),
    is_surveyed BIGINT NOT NULL CHECK (is_surveyed IN (0, 1)),
    classes TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id),
    version BIGINT NOT NULL,
    decision_number TEXT,
    decision_on TEXT,
    decision_issuer TEXT,
    decision_file TEXT REFERENCES file (sha256),
    decided_at BIGINT,
    decided_by TEXT REFERENCES account (id)
);

CREATE INDEX score_round_agency ON score_round (agency_id, year);

-- The days of a phase, as typed; none is set by itself.
CREATE TABLE round_phase (
    round_id TEXT NOT NULL REFERENCES score_round (id),
    phase TEXT NOT NULL,
    from_on TEXT,
    to_on TEXT,
    PRIMARY KEY (round_id, phase)
);

-- A body that is judged, with the name it bore on a day: the round shows it as it was called then.
CREATE TABLE round_body (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES score_round (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('agency', 'unit', 'outside')),
    agency_id TEXT REFERENCES agency (id),
    unit_id TEXT REFERENCES unit (id),
    name TEXT NOT NULL,
    named_on TEXT NOT NULL,
    submitted_at BIGINT,
    submitted_by TEXT REFERENCES account (id),
    CHECK ((kind = 'agency') = (agency_id IS NOT NULL)),
    CHECK ((kind = 'unit') = (unit_id IS NOT NULL)),
    UNIQUE (round_id, name)
);

CREATE INDEX round_body_round ON round_body (round_id, position);
CREATE INDEX round_body_agency ON round_body (agency_id);

-- What a body says of a component. `input` is what the rule is asked with; `reading` says by which
-- reading of the rule the points were found, where two differ.
CREATE TABLE self_score (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES score_round (id),
    body_id TEXT NOT NULL REFERENCES round_body (id),
    component_id TEXT NOT NULL,
    input TEXT NOT NULL,
    is_by_hand BIGINT NOT NULL CHECK (is_by_hand IN (0, 1)),
    is_absent BIGINT NOT NULL CHECK (is_absent IN (0, 1)),
    reading TEXT CHECK (reading IN ('first', 'second')),
    reading_reason TEXT NOT NULL DEFAULT '',
    points TEXT,
    explanation TEXT NOT NULL DEFAULT '',
    saved_at BIGINT NOT NULL,
    saved_by TEXT REFERENCES account (id),
    version BIGINT NOT NULL,
    UNIQUE (body_id, component_id)
);

CREATE INDEX self_score_round ON self_score (round_id);

-- What the appraiser made of it; without points it was accepted that no occasion arose.
CREATE TABLE appraisal (
    self_score_id TEXT PRIMARY KEY REFERENCES self_score (id),
    round_id TEXT NOT NULL REFERENCES score_round (id),
    points TEXT,
    reason TEXT NOT NULL DEFAULT '',
    given_at BIGINT NOT NULL,
    given_by TEXT REFERENCES account (id)
);

CREATE INDEX appraisal_round ON appraisal (round_id);

CREATE TABLE score_question (
    id TEXT PRIMARY KEY,
    self_score_id TEXT NOT NULL REFERENCES self_score (id),
    question TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by TEXT REFERENCES account (id),
    answer TEXT,
    answered_at BIGINT,
    answered_by TEXT REFERENCES account (id)
);

CREATE INDEX score_question_score ON score_question (self_score_id, asked_at);

CREATE TABLE appeal (
    self_score_id TEXT PRIMARY KEY REFERENCES self_score (id),
    round_id TEXT NOT NULL REFERENCES score_round (id),
    asked TEXT NOT NULL,
    reason TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL REFERENCES account (id),
    points TEXT,
    answer TEXT,
    answered_at BIGINT,
    answered_by TEXT REFERENCES account (id)
);

CREATE INDEX appeal_round ON appeal (round_id);

-- The points of the survey, entered with where they come from.
CREATE TABLE survey_point (
    body_id TEXT NOT NULL REFERENCES round_body (id),
    component_id TEXT NOT NULL,
    round_id TEXT NOT NULL REFERENCES score_round (id),
    points TEXT NOT NULL,
    source TEXT NOT NULL,
    entered_at BIGINT NOT NULL,
    entered_by TEXT REFERENCES account (id),
    PRIMARY KEY (body_id, component_id)
);

CREATE INDEX survey_point_round ON survey_point (round_id);

-- The result as it was decided; a body that did not take part has no rank.
CREATE TABLE round_result (
    body_id TEXT PRIMARY KEY REFERENCES round_body (id),
    round_id TEXT NOT NULL REFERENCES score_round (id),
    rank BIGINT,
    class TEXT NOT NULL DEFAULT '',
    points TEXT NOT NULL,
    counted TEXT NOT NULL,
    whole TEXT NOT NULL
);

CREATE INDEX round_result_round ON round_result (round_id, rank);

-- Which unit answers for a component in the agency, and by when.
CREATE TABLE component_duty (
    agency_id TEXT NOT NULL REFERENCES agency (id),
    component_id TEXT NOT NULL,
    unit_id TEXT REFERENCES unit (id),
    due_on TEXT,
    set_at BIGINT NOT NULL,
    set_by TEXT REFERENCES account (id),
    PRIMARY KEY (agency_id, component_id)
);
