-- The life of a plan: opinions of units, issue, baselines, amendments, lessons.

-- What happened to a plan, in order, with the words that were said.
CREATE TABLE plan_step (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    kind TEXT NOT NULL CHECK (kind IN ('copied', 'asked', 'ended', 'submitted', 'recalled', 'returned', 'issued', 'adopted',
        'corrected', 'opened', 'dropped', 'amended', 'closed', 'reopened')),
    text TEXT NOT NULL DEFAULT '',
    done_by TEXT REFERENCES account (id),
    done_at BIGINT NOT NULL
);

CREATE INDEX plan_step_plan ON plan_step (plan_id, done_at);

-- One round of asking every unit.
CREATE TABLE opinion_round (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    no BIGINT NOT NULL,
    deadline TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    asked_at BIGINT NOT NULL,
    ended_at BIGINT,
    UNIQUE (plan_id, no)
);

CREATE UNIQUE INDEX opinion_round_open ON opinion_round (plan_id) WHERE ended_at IS NULL;

-- What a unit was asked; without an answer it has kept silent.
CREATE TABLE opinion (
    id TEXT PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES opinion_round (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    answer TEXT CHECK (answer IN ('agree', 'agree_with_remarks', 'disagree')),
    text TEXT NOT NULL DEFAULT '',
    answered_by TEXT REFERENCES account (id),
    answered_at BIGINT,
    is_taken BIGINT CHECK (is_taken IN (0, 1)),
    reply TEXT NOT NULL DEFAULT '',
    resolved_by TEXT REFERENCES account (id),
    resolved_at BIGINT,
    UNIQUE (round_id, unit_id)
);

-- Who signed an issued plan, and its signed scan.
CREATE TABLE plan_issue (
    plan_id TEXT PRIMARY KEY REFERENCES plan (id),
    signer TEXT NOT NULL DEFAULT '',
    scan_file TEXT REFERENCES file (sha256),
    scan_name TEXT NOT NULL DEFAULT ''
);

-- The tree of a plan as it was put in force: 0 as issued, then after each amendment. `sha256` is of `body`.
CREATE TABLE baseline (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    no BIGINT NOT NULL,
    body TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    UNIQUE (plan_id, no)
);

-- A change of an issued plan. While it is open, its tree is written in a working copy (a plan of state 'amendment').
CREATE TABLE amendment (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    copy_id TEXT REFERENCES plan (id),
    no BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'in_force', 'dropped')),
    reason TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '',
    decided_on TEXT,
    signer TEXT NOT NULL DEFAULT '',
    scan_file TEXT REFERENCES file (sha256),
    scan_name TEXT NOT NULL DEFAULT '',
    baseline_no BIGINT,
    copies TEXT NOT NULL,
    opened_at BIGINT NOT NULL,
    UNIQUE (plan_id, no)
);

CREATE UNIQUE INDEX amendment_open ON amendment (plan_id) WHERE state = 'open';
CREATE UNIQUE INDEX amendment_copy ON amendment (copy_id) WHERE copy_id IS NOT NULL;

-- What was learnt from a plan, or from one of its activities.
CREATE TABLE lesson (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    activity_id TEXT REFERENCES activity (id),
    text TEXT NOT NULL
);

CREATE UNIQUE INDEX lesson_activity ON lesson (activity_id) WHERE activity_id IS NOT NULL;
CREATE UNIQUE INDEX lesson_plan ON lesson (plan_id) WHERE activity_id IS NULL;

-- @sqlite
-- @statement
CREATE TRIGGER baseline_stays BEFORE UPDATE ON baseline
BEGIN SELECT RAISE(ABORT, 'baseline: rows are added, never changed'); END;
-- @statement
CREATE TRIGGER baseline_remains BEFORE DELETE ON baseline
BEGIN SELECT RAISE(ABORT, 'baseline: rows are added, never deleted'); END;
-- @end

-- @postgres
-- @statement
CREATE TRIGGER baseline_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON baseline
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
-- @end
