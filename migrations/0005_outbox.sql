-- Mail that leaves, what each person was reminded of, addresses of calendars, release by link.

-- One message to one person, written in the act that causes it. What it says is composed when it leaves.
-- waiting: to be sent (again). sending: the server has been promised its content. sent: the server said yes.
-- refused: the server said no for good. given_up: tried for too long. unclear: nobody knows whether the
-- server took it. dropped: there was nothing left to say.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    once TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'refused', 'given_up', 'unclear', 'dropped')),
    address TEXT NOT NULL DEFAULT '',
    n_attempts BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL,
    lease TEXT,
    leased_until BIGINT NOT NULL DEFAULT 0,
    reply TEXT NOT NULL DEFAULT '',
    why TEXT NOT NULL DEFAULT '',
    tried_at BIGINT,
    created_at BIGINT NOT NULL,
    queued_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_begun ON outbox (leased_until) WHERE state = 'sending';
CREATE INDEX outbox_agency ON outbox (agency_id, state, created_at DESC);
CREATE INDEX outbox_account ON outbox (account_id, kind, state);

-- What a person was told of a thing they owe, and how urgently; told once.
CREATE TABLE reminder (
    account_id TEXT NOT NULL REFERENCES account (id),
    about TEXT NOT NULL,
    due TEXT NOT NULL,
    urgency BIGINT NOT NULL,
    told_on TEXT NOT NULL,
    outbox_id TEXT NOT NULL REFERENCES outbox (id),
    PRIMARY KEY (account_id, about, due, urgency)
);

-- The days on which an agency's reminders have been written.
CREATE TABLE reminder_day (
    agency_id TEXT NOT NULL REFERENCES agency (id),
    day TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    PRIMARY KEY (agency_id, day)
);

-- Which mail a person wants beside escalations; without a row, all.
CREATE TABLE reminder_choice (
    account_id TEXT PRIMARY KEY REFERENCES account (id),
    mail TEXT NOT NULL CHECK (mail IN ('all', 'digest', 'none'))
);

-- An address under which a calendar program reads what is due: a person's, or a unit's. Only the hash
-- of its secret is kept.
CREATE TABLE calendar_feed (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    unit_id TEXT REFERENCES unit (id),
    secret_hash TEXT NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    read_at BIGINT,
    revoked_at BIGINT
);

CREATE INDEX calendar_feed_account ON calendar_feed (account_id, made_at);

-- A link by which one person may release one text once. The secret is made when the mail leaves, and
-- only its hash is kept.
CREATE TABLE release_link (
    id TEXT PRIMARY KEY,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    article_id TEXT NOT NULL REFERENCES article (id),
    edition_id TEXT NOT NULL REFERENCES edition (id),
    sha256 TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    asked_by TEXT NOT NULL REFERENCES account (id),
    secret_hash TEXT UNIQUE,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT,
    revoked_at BIGINT
);

CREATE INDEX release_link_article ON release_link (article_id, made_at);
CREATE INDEX release_link_account ON release_link (account_id, ends_at);
