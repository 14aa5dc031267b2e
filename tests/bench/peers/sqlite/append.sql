-- Appends a file of events in one transaction: the unique index refuses an id that is there, and
-- every table is current when it commits.

.bail on
PRAGMA synchronous = FULL;

BEGIN IMMEDIATE;

CREATE TEMP TABLE mark AS SELECT coalesce(max(seq), 0) AS seq FROM event;
CREATE TEMP TABLE line (json TEXT);
.mode ascii
.separator "\001" "\n"
.import @FILE@ line
.mode list

-- An event has one body: the object that is not its source.
INSERT INTO event
SELECT seq + (SELECT seq FROM mark), id,
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

INSERT OR IGNORE INTO deal (name)
SELECT DISTINCT deal FROM event WHERE seq > (SELECT seq FROM mark) AND deal <> '';

INSERT INTO stage_set
SELECT d.deal, occurred, seq, coalesce(body ->> '$.to', body ->> '$.stage'),
       coalesce(body ->> '$.observed', 0)
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > (SELECT seq FROM mark)
  AND (type = 'stageChanged' OR (type = 'dealCreated' AND body ->> '$.stage' <> ''))
ORDER BY 1, 2, 3;

INSERT INTO property_set
SELECT d.deal, iif(type = 'dealCreated', 'deal_type', body ->> '$.name'), occurred, seq,
       coalesce(iif(type = 'dealCreated', body ->> '$.dealType', body ->> '$.value'), '')
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > (SELECT seq FROM mark)
  AND ((type = 'dealCreated' AND body ->> '$.dealType' <> '')
       OR (type = 'propertyChanged'
           AND body ->> '$.name' IN ('deal_type', 'contract_start', 'contract_end', 'renews')))
ORDER BY 1, 2, 3, 4;

-- A merge that names the deal itself counts for nothing.
INSERT INTO presence_set
SELECT d.deal, occurred, seq, type = 'dealRestored'
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > (SELECT seq FROM mark) AND (type IN ('dealDeleted', 'dealRestored')
   OR (type = 'dealMerged' AND body ->> '$.into' <> e.deal))
ORDER BY 1, 2, 3;

INSERT INTO service_ended
SELECT d.deal, occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > (SELECT seq FROM mark) AND type = 'serviceEnded'
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
      WHERE seq > (SELECT seq FROM mark) AND e.type = 'meetingLogged')
ORDER BY 1, 2, 3, 4;

INSERT INTO email_sent
SELECT d.deal, body ->> '$.email', occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > (SELECT seq FROM mark) AND type = 'emailSent'
ORDER BY 1, 2, 3, 4;

INSERT INTO email_opened
SELECT d.deal, body ->> '$.email', occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE seq > (SELECT seq FROM mark) AND type = 'emailOpened'
ORDER BY 1, 2, 3, 4;

INSERT INTO retraction
SELECT r.seq, e.seq
FROM event r JOIN event e ON e.id = r.body ->> '$.event'
WHERE r.seq > (SELECT seq FROM mark) AND r.type = 'retracted';

DROP TABLE mark;

COMMIT;
