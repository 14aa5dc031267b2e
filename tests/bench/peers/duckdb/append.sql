-- Appends a file of events in one transaction: the unique index refuses an id that is there, and
-- every table is current when it commits.

BEGIN;

CREATE TEMP TABLE batch AS
SELECT (SELECT coalesce(max(seq), 0) FROM event) + row_number() OVER () AS seq, *
FROM read_events('@FILE@');

INSERT INTO event FROM batch;

INSERT INTO deal
SELECT (SELECT coalesce(max(deal), 0) FROM deal) + row_number() OVER (), name
FROM (SELECT DISTINCT deal AS name FROM batch WHERE deal <> '')
WHERE name NOT IN (SELECT name FROM deal);

INSERT INTO stage_set
SELECT d.deal, occurred, seq, coalesce(body->>'to', body->>'stage') AS stage,
       coalesce((body->>'observed')::BOOLEAN, false) AS observed
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'stageChanged' OR (type = 'dealCreated' AND (body->>'stage') <> '');

INSERT INTO property_set
SELECT d.deal, occurred, seq, coalesce(body->>'name', '') AS property,
       coalesce(body->>'value', '') AS value
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'propertyChanged'
  AND (body->>'name') IN ('deal_type', 'contract_start', 'contract_end', 'renews')
UNION ALL
SELECT d.deal, occurred, seq, 'deal_type', body->>'dealType'
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'dealCreated' AND (body->>'dealType') <> '';

-- A merge that names the deal itself counts for nothing.
INSERT INTO presence_set
SELECT d.deal, occurred, seq, type = 'dealRestored' AS present
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type IN ('dealDeleted', 'dealRestored')
   OR (type = 'dealMerged' AND (body->>'into') <> e.deal);

INSERT INTO service_ended
SELECT d.deal, occurred, seq
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'serviceEnded';

INSERT INTO meeting_logged
SELECT d.deal, occurred, seq, body->>'meeting' AS meeting,
       make_timestamp(epoch_us((body->>'startsAt')::TIMESTAMPTZ)) AS starts,
       body->>'outcome' AS outcome, coalesce(body->>'type', '') AS type
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'meetingLogged';

INSERT INTO email_sent
SELECT d.deal, occurred, seq, body->>'email' AS email
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'emailSent';

INSERT INTO email_opened
SELECT d.deal, occurred, seq, body->>'email' AS email
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'emailOpened';

INSERT INTO retraction
SELECT r.seq, e.seq AS target
FROM batch r JOIN event e ON e.id = (r.body->>'event')
WHERE r.type = 'retracted';


INSERT INTO property_told
SELECT d.deal, occurred, seq, coalesce(body->>'name', '') AS property,
       coalesce(body->>'value', '') AS value
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'propertyChanged'
  AND (body->>'name') NOT IN ('deal_type', 'contract_start', 'contract_end', 'renews')
UNION ALL
SELECT d.deal, occurred, seq, property, value
FROM (SELECT deal, occurred, seq,
             unnest([{'property': 'deal_name', 'value': body->>'name'},
                     {'property': 'owner', 'value': body->>'owner'}], recursive := true)
      FROM batch
      WHERE type = 'dealCreated') e
JOIN deal d ON d.name = e.deal
WHERE value <> '';

INSERT INTO email_replied
SELECT d.deal, occurred, seq
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'emailReplied';

INSERT INTO lead_captured
SELECT d.deal, occurred, seq, coalesce(body->>'campaign', '') AS campaign,
       coalesce(body->>'channel', '') AS channel
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'leadCaptured';

INSERT INTO qualification
SELECT d.deal, occurred, seq, coalesce((body->>'need')::BOOLEAN, false) AS need,
       coalesce((body->>'budget')::BOOLEAN, false) AS budget,
       coalesce((body->>'icpFit')::BOOLEAN, false) AS icp_fit,
       coalesce(body->>'icpVersion', '') AS icp_version
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'qualificationRecorded';

INSERT INTO enrolment
SELECT d.deal, occurred, seq, body->>'experiment' AS experiment,
       coalesce(body->>'arm', '') AS arm
FROM batch e JOIN deal d ON d.name = e.deal
WHERE type = 'dealEnrolled';

INSERT INTO experiment
SELECT occurred, seq, body->>'experiment' AS experiment, coalesce(body->>'metric', '') AS metric,
       coalesce(body->>'target', '') AS target
FROM batch
WHERE type = 'experimentStarted';

DROP TABLE batch;

COMMIT;
