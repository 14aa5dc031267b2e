-- Loads a file of events, whole or not at all, with the sqlite3 shell.
--
-- `event` keeps every event: what all have in columns, the body as it came. The tables under it
-- hold, typed, what the metrics ask for, each clustered in the order in which the metrics walk it,
-- so that window functions need no sort. Instants are microseconds. Nothing is folded: late events
-- and corrections need no more than another question.

.bail on
PRAGMA page_size = 8192;
PRAGMA cache_size = -262144;
PRAGMA threads = 2;

BEGIN;

CREATE TABLE deal (deal INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    occurred INTEGER NOT NULL,
    source_recorded INTEGER,
    deal TEXT NOT NULL,
    actor TEXT,
    source TEXT,
    type TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE TABLE stage_set (
    deal INTEGER, occurred INTEGER, seq INTEGER, stage TEXT NOT NULL, observed INTEGER NOT NULL,
    PRIMARY KEY (deal, occurred, seq)) WITHOUT ROWID;
CREATE TABLE property_set (
    deal INTEGER, property TEXT, occurred INTEGER, seq INTEGER, value TEXT NOT NULL,
    PRIMARY KEY (deal, property, occurred, seq)) WITHOUT ROWID;
CREATE TABLE presence_set (
    deal INTEGER, occurred INTEGER, seq INTEGER, present INTEGER NOT NULL,
    PRIMARY KEY (deal, occurred, seq)) WITHOUT ROWID;
CREATE TABLE service_ended (
    deal INTEGER, occurred INTEGER, seq INTEGER,
    PRIMARY KEY (deal, occurred, seq)) WITHOUT ROWID;
CREATE TABLE meeting_logged (
    deal INTEGER, meeting TEXT, occurred INTEGER, seq INTEGER, starts INTEGER, outcome TEXT,
    type TEXT NOT NULL,
    PRIMARY KEY (deal, meeting, occurred, seq)) WITHOUT ROWID;
CREATE TABLE email_sent (
    deal INTEGER, email TEXT, occurred INTEGER, seq INTEGER,
    PRIMARY KEY (deal, email, occurred, seq)) WITHOUT ROWID;
CREATE TABLE email_opened (
    deal INTEGER, email TEXT, occurred INTEGER, seq INTEGER,
    PRIMARY KEY (deal, email, occurred, seq)) WITHOUT ROWID;
CREATE TABLE retraction (seq INTEGER PRIMARY KEY, target INTEGER NOT NULL);
CREATE INDEX retraction_of ON retraction (target, seq);

CREATE TEMP TABLE line (json TEXT);
.mode ascii
.separator "\001" "\n"
.import @FILE@ line
.mode list

-- An event has one body: the object that is not its source.
INSERT INTO event
SELECT seq, id,
       unixepoch(substr(at, 1, 19) || iif(at LIKE '%Z', 'Z', substr(at, -6))) * 1000000
       + iif(substr(at, 20, 1) = '.',
             CAST(substr(substr(at, 21, length(at) - iif(at LIKE '%Z', 21, 26))
                         || '000000', 1, 6) AS INTEGER), 0),
       unixepoch(substr(source_at, 1, 19) || iif(source_at LIKE '%Z', 'Z', substr(source_at, -6)))
       * 1000000
       + iif(substr(source_at, 20, 1) = '.',
             CAST(substr(substr(source_at, 21, length(source_at) - iif(source_at LIKE '%Z', 21, 26))
                         || '000000', 1, 6) AS INTEGER), 0),
       coalesce(deal, ''), actor, source, type, body
FROM (SELECT l.rowid AS seq, l.json ->> '$.id' AS id, l.json ->> '$.occurredAt' AS at,
             l.json ->> '$.sourceRecordedAt' AS source_at, l.json ->> '$.deal' AS deal,
             l.json ->> '$.actor' AS actor, l.json -> '$.source' AS source,
             b.key AS type, b.value AS body
      FROM line l, json_each(l.json) b
      WHERE b.type = 'object' AND b.key <> 'source');
DROP TABLE line;

CREATE UNIQUE INDEX event_id ON event (id);
CREATE INDEX event_of_deal ON event (deal, occurred);

INSERT INTO deal (name) SELECT DISTINCT deal FROM event WHERE deal <> '';

INSERT INTO stage_set
SELECT d.deal, occurred, seq, coalesce(body ->> '$.to', body ->> '$.stage'),
       coalesce(body ->> '$.observed', 0)
FROM event e JOIN deal d ON d.name = e.deal
WHERE (type = 'stageChanged' OR (type = 'dealCreated' AND body ->> '$.stage' <> ''))
ORDER BY 1, 2, 3;

INSERT INTO property_set
SELECT d.deal, iif(type = 'dealCreated', 'deal_type', body ->> '$.name'), occurred, seq,
       coalesce(iif(type = 'dealCreated', body ->> '$.dealType', body ->> '$.value'), '')
FROM event e JOIN deal d ON d.name = e.deal
WHERE ((type = 'dealCreated' AND body ->> '$.dealType' <> '')
   OR (type = 'propertyChanged'
       AND body ->> '$.name' IN ('deal_type', 'contract_start', 'contract_end', 'renews')))
ORDER BY 1, 2, 3, 4;

-- A merge that names the deal itself counts for nothing.
INSERT INTO presence_set
SELECT d.deal, occurred, seq, type = 'dealRestored'
FROM event e JOIN deal d ON d.name = e.deal
WHERE (type IN ('dealDeleted', 'dealRestored')
   OR (type = 'dealMerged' AND body ->> '$.into' <> e.deal))
ORDER BY 1, 2, 3;

INSERT INTO service_ended
SELECT d.deal, occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'serviceEnded'
ORDER BY 1, 2, 3;

INSERT INTO meeting_logged
SELECT deal, meeting, occurred, seq,
       unixepoch(substr(starts, 1, 19) || iif(starts LIKE '%Z', 'Z', substr(starts, -6))) * 1000000
       + iif(substr(starts, 20, 1) = '.',
             CAST(substr(substr(starts, 21, length(starts) - iif(starts LIKE '%Z', 21, 26))
                         || '000000', 1, 6) AS INTEGER), 0),
       outcome, type
FROM (SELECT d.deal, body ->> '$.meeting' AS meeting, occurred, seq,
             body ->> '$.startsAt' AS starts, body ->> '$.outcome' AS outcome,
             coalesce(body ->> '$.type', '') AS type
      FROM event e JOIN deal d ON d.name = e.deal
      WHERE e.type = 'meetingLogged')
ORDER BY 1, 2, 3, 4;

INSERT INTO email_sent
SELECT d.deal, body ->> '$.email', occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailSent'
ORDER BY 1, 2, 3, 4;

INSERT INTO email_opened
SELECT d.deal, body ->> '$.email', occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailOpened'
ORDER BY 1, 2, 3, 4;

INSERT INTO retraction
SELECT r.seq, e.seq
FROM event r JOIN event e ON e.id = r.body ->> '$.event'
WHERE r.type = 'retracted';

COMMIT;
PRAGMA journal_mode = WAL;
