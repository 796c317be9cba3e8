-- Reports: periods of an agency's own, figures typed with their evidence, templates, the words of a
-- report, and the forms of superiors.

-- A period that a superior asks for beside the ministry's, or the ministry's with another due day.
CREATE TABLE report_period (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT REFERENCES account (id),
    removed_at BIGINT,
    removed_by TEXT REFERENCES account (id)
);

CREATE UNIQUE INDEX report_period_code ON report_period (agency_id, code) WHERE removed_at IS NULL;

-- A number of the statistics that nobody but a person knows: attendances, copies, views.
CREATE TABLE report_statistic (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    plan_id TEXT NOT NULL REFERENCES plan (id),
    code TEXT NOT NULL,
    title TEXT NOT NULL,
    number BIGINT NOT NULL CHECK (number > 0),
    counted_on TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    file_name TEXT NOT NULL,
    link TEXT NOT NULL,
    added_at BIGINT NOT NULL,
    added_by TEXT REFERENCES account (id),
    removed_at BIGINT,
    removed_by TEXT REFERENCES account (id)
);

CREATE INDEX report_statistic_plan ON report_statistic (plan_id, counted_on);

-- How an agency's reports are worded, from a day on; never changed, a new row follows.
CREATE TABLE report_template (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    valid_from TEXT NOT NULL,
    template TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id)
);

CREATE INDEX report_template_agency ON report_template (agency_id, valid_from);

-- The words of a report; never changed, a new row follows. Its figures are in the report's own row.
CREATE TABLE report_wording (
    id TEXT PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES report (id),
    number TEXT NOT NULL,
    issued_on TEXT,
    texts TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id)
);

CREATE INDEX report_wording_report ON report_wording (report_id, made_at);

-- The form of a superior for a kind of period, and which figure goes into which cell.
CREATE TABLE report_form (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    period_code TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    mapping TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id),
    removed_at BIGINT
);

CREATE INDEX report_form_agency ON report_form (agency_id, period_code);
