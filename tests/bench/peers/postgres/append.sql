-- Appends a file of events in one transaction: the unique index refuses an id that is there, and
-- every table is current when it commits.

\set ON_ERROR_STOP on
\set QUIET on
SET timezone = 'UTC';
SET synchronous_commit = on;

BEGIN;

-- One writer at a time, so that a seq is given once; readers go on.
LOCK TABLE event IN EXCLUSIVE MODE;
SELECT coalesce(max(seq), 0) AS last FROM event \gset

-- The delimiter and the quote never occur in JSON, so a line is a field.
CREATE TEMP TABLE line (seq bigint GENERATED ALWAYS AS IDENTITY, json jsonb);
\copy line (json) FROM '@FILE@' WITH (FORMAT csv, DELIMITER E'\001', QUOTE E'\002')

INSERT INTO event
SELECT :last + seq AS seq, json ->> 'id' AS id,
       (json ->> 'occurredAt')::timestamptz AT TIME ZONE 'UTC' AS occurred,
       (json ->> 'sourceRecordedAt')::timestamptz AT TIME ZONE 'UTC' AS source_recorded,
       coalesce(json ->> 'deal', '') AS deal, json ->> 'actor' AS actor, json -> 'source' AS source,
       b.key AS type, b.value AS body
FROM line,
     jsonb_each(json - '{id, seq, occurredAt, recordedAt, sourceRecordedAt, deal, actor,
                         source}'::text[]) b
WHERE jsonb_typeof(b.value) = 'object';
DROP TABLE line;

INSERT INTO deal (name)
SELECT DISTINCT deal FROM event WHERE seq > :last AND deal <> ''
ON CONFLICT (name) DO NOTHING;

INSERT INTO stage_set
SELECT d.deal, occurred, seq, coalesce(body ->> 'to', body ->> 'stage') AS stage,
       coalesce((body -> 'observed')::boolean, false) AS observed
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND (type = 'stageChanged' OR (type = 'dealCreated' AND body ->> 'stage' <> ''));

INSERT INTO property_set
SELECT d.deal, occurred, seq, body ->> 'name' AS property, coalesce(body ->> 'value', '') AS value
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND type = 'propertyChanged'
  AND body ->> 'name' IN ('deal_type', 'contract_start', 'contract_end', 'renews')
UNION ALL
SELECT d.deal, occurred, seq, 'deal_type', body ->> 'dealType'
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND type = 'dealCreated' AND body ->> 'dealType' <> '';

-- A merge that names the deal itself counts for nothing.
INSERT INTO presence_set
SELECT d.deal, occurred, seq, type = 'dealRestored' AS present
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND (type IN ('dealDeleted', 'dealRestored')
   OR (type = 'dealMerged' AND body ->> 'into' <> e.deal));

INSERT INTO service_ended
SELECT d.deal, occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND type = 'serviceEnded';

INSERT INTO meeting_logged
SELECT d.deal, occurred, seq, body ->> 'meeting' AS meeting,
       (body ->> 'startsAt')::timestamptz AT TIME ZONE 'UTC' AS starts,
       body ->> 'outcome' AS outcome, coalesce(body ->> 'type', '') AS type
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND type = 'meetingLogged';

INSERT INTO email_sent
SELECT d.deal, occurred, seq, body ->> 'email' AS email
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND type = 'emailSent';

INSERT INTO email_opened
SELECT d.deal, occurred, seq, body ->> 'email' AS email
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > :last AND type = 'emailOpened';

INSERT INTO retraction
SELECT r.seq, e.seq AS target
FROM event r JOIN event e ON e.id = r.body ->> 'event'
WHERE r.seq > :last AND r.type = 'retracted';

COMMIT;
