-- Plans and what fulfils them; the newsroom; channels and publications.

CREATE TABLE plan (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    year BIGINT NOT NULL,
    title TEXT NOT NULL,
    number TEXT,
    issued_on TEXT,
    issuer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'opinions', 'submitted', 'issued', 'closed', 'amendment')),
    source_file TEXT REFERENCES file (sha256),
    source_name TEXT NOT NULL DEFAULT '',
    source_author TEXT,
    source_published_at BIGINT,
    is_public BIGINT NOT NULL CHECK (is_public IN (0, 1)),
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT REFERENCES account (id)
);

CREATE INDEX plan_agency ON plan (agency_id, year);

CREATE TABLE legal_basis (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    position BIGINT NOT NULL,
    number TEXT,
    kind TEXT,
    issued_on TEXT,
    issuer TEXT,
    title TEXT NOT NULL
);

CREATE INDEX legal_basis_plan ON legal_basis (plan_id, position);

-- Purposes, audiences and solutions: the paragraphs of a plan that are no tasks.
CREATE TABLE plan_passage (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    kind TEXT NOT NULL CHECK (kind IN ('purpose', 'audience')),
    position BIGINT NOT NULL,
    text TEXT NOT NULL
);

CREATE INDEX plan_passage_plan ON plan_passage (plan_id, kind, position);

CREATE TABLE plan_channel (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL
);

CREATE INDEX plan_channel_plan ON plan_channel (plan_id, position);

CREATE TABLE plan_finding (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    position BIGINT NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('ask', 'warn', 'note')),
    message TEXT NOT NULL,
    quote TEXT NOT NULL DEFAULT '',
    span_from BIGINT NOT NULL,
    span_to BIGINT NOT NULL,
    settled_at BIGINT,
    settled_by TEXT REFERENCES account (id)
);

CREATE INDEX plan_finding_plan ON plan_finding (plan_id, position);

CREATE TABLE task (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    parent_id TEXT REFERENCES task (id),
    no TEXT NOT NULL,
    position BIGINT NOT NULL,
    title TEXT NOT NULL
);

CREATE INDEX task_plan ON task (plan_id, position);

CREATE TABLE activity (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan (id),
    task_id TEXT REFERENCES task (id),
    position BIGINT NOT NULL,
    title TEXT NOT NULL,
    form TEXT NOT NULL DEFAULT '',
    output TEXT NOT NULL DEFAULT '',
    lead_unit_id TEXT REFERENCES unit (id),
    lead_unit_text TEXT NOT NULL DEFAULT '',
    supporting_units_text TEXT NOT NULL DEFAULT '',
    accountable_id TEXT REFERENCES account (id),
    window_text TEXT NOT NULL DEFAULT '',
    window_from TEXT,
    window_to TEXT,
    recurs TEXT CHECK (recurs IN ('continuous', 'daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly')),
    per_unit TEXT NOT NULL DEFAULT 'together' CHECK (per_unit IN ('together', 'involved', 'every')),
    weight BIGINT CHECK (weight > 0),
    note TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX activity_plan ON activity (plan_id, position);
CREATE INDEX activity_lead ON activity (lead_unit_id);

CREATE TABLE activity_supporting_unit (
    activity_id TEXT NOT NULL REFERENCES activity (id),
    unit_id TEXT NOT NULL REFERENCES unit (id),
    PRIMARY KEY (activity_id, unit_id)
);

-- An item is one thing done. However many channels carry it, it counts once.
CREATE TABLE item (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    kind TEXT NOT NULL CHECK (kind IN ('article', 'external', 'by_hand')),
    form TEXT NOT NULL,
    title TEXT NOT NULL,
    unit_id TEXT REFERENCES unit (id),
    author TEXT NOT NULL DEFAULT '',
    done_on TEXT,
    is_shared BIGINT NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1)),
    created_at BIGINT NOT NULL
);

CREATE INDEX item_agency ON item (agency_id, done_on, id, kind);
-- All that counting looks at, so that it never reads the rows themselves.
CREATE INDEX item_counting ON item (id, done_on, kind, form, unit_id, is_shared);

-- Which activities an item fulfils. The item counts from its day (done_on) on, once for each; if
-- it is shared, each has a part of it in per cent, and the parts are never more than the whole.
CREATE TABLE activity_item (
    activity_id TEXT NOT NULL REFERENCES activity (id),
    item_id TEXT NOT NULL REFERENCES item (id),
    share_percent BIGINT NOT NULL DEFAULT 0 CHECK (share_percent BETWEEN 0 AND 100),
    linked_at BIGINT NOT NULL,
    linked_by TEXT REFERENCES account (id),
    PRIMARY KEY (activity_id, item_id)
);

CREATE INDEX activity_item_item ON activity_item (item_id);

CREATE TABLE category (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    slug TEXT NOT NULL,
    name_vi TEXT NOT NULL,
    name_en TEXT NOT NULL,
    position BIGINT NOT NULL,
    UNIQUE (agency_id, slug)
);

-- The article keeps its number and address over all its editions.
CREATE TABLE article (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    number BIGINT NOT NULL,
    slug TEXT NOT NULL,
    category_id TEXT NOT NULL REFERENCES category (id),
    unit_id TEXT REFERENCES unit (id),
    live_edition_id TEXT,
    first_published_at BIGINT,
    is_withdrawn BIGINT NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1)),
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL REFERENCES account (id),
    changed_at BIGINT NOT NULL,
    UNIQUE (agency_id, number)
);

CREATE INDEX article_public ON article (agency_id, is_withdrawn, first_published_at DESC, number DESC);
CREATE INDEX article_category ON article (category_id, is_withdrawn, first_published_at DESC, number DESC);
CREATE INDEX article_changed ON article (changed_at, id);
CREATE INDEX article_owner ON article (created_by, changed_at DESC);

CREATE TABLE edition (
    id TEXT PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES article (id),
    no BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'published', 'superseded', 'withdrawn')),
    genre TEXT NOT NULL CHECK (genre IN ('news', 'feature')),
    category_id TEXT NOT NULL REFERENCES category (id),
    revision_id TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES account (id),
    submitted_by TEXT REFERENCES account (id),
    submitted_at BIGINT,
    published_by TEXT REFERENCES account (id),
    published_at BIGINT,
    is_forced BIGINT NOT NULL DEFAULT 0 CHECK (is_forced IN (0, 1)),
    force_reason TEXT NOT NULL DEFAULT '',
    confirmed_by TEXT REFERENCES account (id),
    confirmed_at BIGINT,
    change_note TEXT NOT NULL DEFAULT '',
    withdrawal TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (article_id, no)
);

CREATE INDEX edition_state ON edition (state, changed_at DESC);
CREATE INDEX edition_open ON edition (created_by, changed_at DESC) WHERE state IN ('draft', 'submitted', 'returned');
CREATE INDEX edition_unconfirmed ON edition (article_id) WHERE is_forced = 1 AND confirmed_by IS NULL;
-- At most one edition of an article is being worked on.
CREATE UNIQUE INDEX edition_one_open ON edition (article_id) WHERE state IN ('draft', 'submitted', 'returned');

-- A saved text. Sealed once it was submitted; after that it never changes.
CREATE TABLE revision (
    id TEXT PRIMARY KEY,
    edition_id TEXT NOT NULL REFERENCES edition (id),
    no BIGINT NOT NULL,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    image_file TEXT REFERENCES file (sha256),
    image_alt TEXT NOT NULL DEFAULT '',
    image_caption TEXT NOT NULL DEFAULT '',
    sha256 TEXT NOT NULL,
    is_sealed BIGINT NOT NULL CHECK (is_sealed IN (0, 1)),
    saved_by TEXT NOT NULL REFERENCES account (id),
    saved_at BIGINT NOT NULL,
    UNIQUE (edition_id, no)
);

-- Which files the public sees in an article. A file that no article shows is not public.
CREATE TABLE shown_file (
    article_id TEXT NOT NULL REFERENCES article (id),
    sha256 TEXT NOT NULL REFERENCES file (sha256),
    PRIMARY KEY (article_id, sha256)
);

CREATE INDEX shown_file_sha256 ON shown_file (sha256);

-- What people said of an edition and what happened to it, in order: the timeline.
CREATE TABLE remark (
    id TEXT PRIMARY KEY,
    edition_id TEXT NOT NULL REFERENCES edition (id),
    kind TEXT NOT NULL CHECK (kind IN ('submitted', 'returned', 'published', 'forced', 'confirmed', 'withdrawn', 'remark')),
    text TEXT NOT NULL,
    said_by TEXT NOT NULL REFERENCES account (id),
    said_at BIGINT NOT NULL
);

CREATE INDEX remark_edition ON remark (edition_id, said_at);

CREATE TABLE view_day (
    article_id TEXT NOT NULL REFERENCES article (id),
    day TEXT NOT NULL,
    n_views BIGINT NOT NULL,
    PRIMARY KEY (article_id, day)
);

CREATE TABLE channel (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    is_own_portal BIGINT NOT NULL CHECK (is_own_portal IN (0, 1)),
    position BIGINT NOT NULL
);

CREATE INDEX channel_agency ON channel (agency_id, position);

-- One item on one channel. One item may have many; only the item is counted.
CREATE TABLE publication (
    id TEXT PRIMARY KEY,
    item_id TEXT NOT NULL REFERENCES item (id),
    channel_id TEXT NOT NULL REFERENCES channel (id),
    published_on TEXT NOT NULL,
    url TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    created_by TEXT REFERENCES account (id)
);

CREATE INDEX publication_item ON publication (item_id);
CREATE INDEX publication_channel ON publication (channel_id, published_on);

-- A report as it was made: its figures do not change with the year.
CREATE TABLE report (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    plan_id TEXT NOT NULL REFERENCES plan (id),
    period TEXT NOT NULL,
    figures TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT REFERENCES account (id)
);

CREATE INDEX report_plan ON report (plan_id, made_at DESC);
