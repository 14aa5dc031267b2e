-- Loads a file of events, whole or not at all, with psql.
--
-- `event` keeps every event: what all have in typed columns, the body as it came. The tables under
-- it hold, typed, what the metrics ask for, a deal as a small number; nothing in them is folded, so
-- late events, corrections and other windows need no more than another question. Indexes are built
-- last, each by one sort.

\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
SET timezone = 'UTC';
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';
SET max_parallel_workers_per_gather = 1;
SET max_parallel_maintenance_workers = 1;

BEGIN;

CREATE TYPE metric AS ENUM (
    'sqd', 'sqd_net_new', 'meetings_per_week', 'outreach_email_open_rate',
    'outreach_to_discovery', 'discovery_to_proposal', 'days_in_pipeline', 'days_in_discovery',
    'existing_business_active', 'overdue_renewal', 'renewal_0_30', 'renewal_31_90',
    'renewal_91_180');
CREATE TYPE slice AS ENUM ('new', 'existing', 'all', 'neither');

-- The delimiter and the quote never occur in JSON, so a line is a field.
CREATE TEMP TABLE line (seq bigint GENERATED ALWAYS AS IDENTITY, json jsonb);
\copy line (json) FROM '@FILE@' WITH (FORMAT csv, DELIMITER E'\001', QUOTE E'\002')

-- An event has one body: what is left when what all events have is taken away.
CREATE TABLE event AS
SELECT seq AS seq, json ->> 'id' AS id,
       (json ->> 'occurredAt')::timestamptz AT TIME ZONE 'UTC' AS occurred,
       (json ->> 'sourceRecordedAt')::timestamptz AT TIME ZONE 'UTC' AS source_recorded,
       coalesce(json ->> 'deal', '') AS deal, json ->> 'actor' AS actor, json -> 'source' AS source,
       b.key AS type, b.value AS body
FROM line,
     jsonb_each(json - '{id, seq, occurredAt, recordedAt, sourceRecordedAt, deal, actor,
                         source}'::text[]) b
WHERE jsonb_typeof(b.value) = 'object';
DROP TABLE line;

CREATE TABLE deal (deal integer GENERATED ALWAYS AS IDENTITY, name text NOT NULL);
INSERT INTO deal (name) SELECT DISTINCT deal FROM event WHERE deal <> '';
ANALYZE event, deal;

CREATE TABLE stage_set AS
SELECT d.deal, occurred, seq, coalesce(body ->> 'to', body ->> 'stage') AS stage,
       coalesce((body -> 'observed')::boolean, false) AS observed
FROM event e JOIN deal d ON d.name = e.deal
WHERE (type = 'stageChanged' OR (type = 'dealCreated' AND body ->> 'stage' <> ''));

CREATE TABLE property_set AS
SELECT d.deal, occurred, seq, body ->> 'name' AS property, coalesce(body ->> 'value', '') AS value
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'propertyChanged'
  AND body ->> 'name' IN ('deal_type', 'contract_start', 'contract_end', 'renews')
UNION ALL
SELECT d.deal, occurred, seq, 'deal_type', body ->> 'dealType'
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'dealCreated' AND body ->> 'dealType' <> '';

-- A merge that names the deal itself counts for nothing.
CREATE TABLE presence_set AS
SELECT d.deal, occurred, seq, type = 'dealRestored' AS present
FROM event e JOIN deal d ON d.name = e.deal
WHERE (type IN ('dealDeleted', 'dealRestored')
   OR (type = 'dealMerged' AND body ->> 'into' <> e.deal));

CREATE TABLE service_ended AS
SELECT d.deal, occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'serviceEnded';

CREATE TABLE meeting_logged AS
SELECT d.deal, occurred, seq, body ->> 'meeting' AS meeting,
       (body ->> 'startsAt')::timestamptz AT TIME ZONE 'UTC' AS starts,
       body ->> 'outcome' AS outcome, coalesce(body ->> 'type', '') AS type
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'meetingLogged';

CREATE TABLE email_sent AS
SELECT d.deal, occurred, seq, body ->> 'email' AS email
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailSent';

CREATE TABLE email_opened AS
SELECT d.deal, occurred, seq, body ->> 'email' AS email
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailOpened';

CREATE TABLE retraction AS
SELECT r.seq, e.seq AS target
FROM event r JOIN event e ON e.id = r.body ->> 'event'
WHERE r.type = 'retracted';

ALTER TABLE event ADD PRIMARY KEY (seq);
ALTER TABLE deal ADD PRIMARY KEY (deal), ADD UNIQUE (name);
CREATE UNIQUE INDEX event_id ON event (id);
CREATE INDEX event_of_deal ON event (deal, occurred, seq);

COMMIT;
VACUUM ANALYZE;
