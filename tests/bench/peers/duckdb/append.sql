-- Appends a file of events in one transaction: the unique index refuses an id that is there, and
-- every table is current when it commits.

BEGIN;

CREATE TEMP TABLE batch AS
SELECT (SELECT max(seq) FROM event) + row_number() OVER () AS seq,
       id,
       occurredAt AS occurred,
       sourceRecordedAt AS source_recorded,
       deal,
       actor,
       source,
       CASE
            WHEN propertyChanged IS NOT NULL THEN 'propertyChanged'
            WHEN emailSent IS NOT NULL THEN 'emailSent'
            WHEN stageChanged IS NOT NULL THEN 'stageChanged'
            WHEN meetingLogged IS NOT NULL THEN 'meetingLogged'
            WHEN emailOpened IS NOT NULL THEN 'emailOpened'
            WHEN dealCreated IS NOT NULL THEN 'dealCreated'
            WHEN outreachAttempted IS NOT NULL THEN 'outreachAttempted'
            WHEN pricingRequested IS NOT NULL THEN 'pricingRequested'
            WHEN lossRecorded IS NOT NULL THEN 'lossRecorded'
            WHEN artifactLinked IS NOT NULL THEN 'artifactLinked'
            WHEN agreementSent IS NOT NULL THEN 'agreementSent'
            WHEN leadCaptured IS NOT NULL THEN 'leadCaptured'
            WHEN emailReplied IS NOT NULL THEN 'emailReplied'
            WHEN qualificationRecorded IS NOT NULL THEN 'qualificationRecorded'
            WHEN dealEnrolled IS NOT NULL THEN 'dealEnrolled'
            WHEN learningRecorded IS NOT NULL THEN 'learningRecorded'
            WHEN experimentStarted IS NOT NULL THEN 'experimentStarted'
            WHEN handoffOpened IS NOT NULL THEN 'handoffOpened'
            WHEN orderPlaced IS NOT NULL THEN 'orderPlaced'
            WHEN agreementSigned IS NOT NULL THEN 'agreementSigned'
            WHEN serviceStarted IS NOT NULL THEN 'serviceStarted'
            WHEN healthRecorded IS NOT NULL THEN 'healthRecorded'
            WHEN renewalIntentRecorded IS NOT NULL THEN 'renewalIntentRecorded'
            WHEN retracted IS NOT NULL THEN 'retracted'
            WHEN serviceEnded IS NOT NULL THEN 'serviceEnded'
            WHEN dealDeleted IS NOT NULL THEN 'dealDeleted'
            WHEN dealMerged IS NOT NULL THEN 'dealMerged'
            WHEN dealRestored IS NOT NULL THEN 'dealRestored'
            WHEN experimentConcluded IS NOT NULL THEN 'experimentConcluded'
            WHEN icpPublished IS NOT NULL THEN 'icpPublished'
            WHEN playbookPublished IS NOT NULL THEN 'playbookPublished'
            WHEN agreementDeclined IS NOT NULL THEN 'agreementDeclined'
            WHEN handoffAccepted IS NOT NULL THEN 'handoffAccepted'
            WHEN reviewHeld IS NOT NULL THEN 'reviewHeld'
            WHEN pivotDecided IS NOT NULL THEN 'pivotDecided'
            WHEN reportIssued IS NOT NULL THEN 'reportIssued'
            WHEN rulesPublished IS NOT NULL THEN 'rulesPublished'
       END AS type,
       coalesce(
           propertyChanged, emailSent, stageChanged, meetingLogged, emailOpened, dealCreated,
           outreachAttempted, pricingRequested, lossRecorded, artifactLinked, agreementSent,
           leadCaptured, emailReplied, qualificationRecorded, dealEnrolled, learningRecorded,
           experimentStarted, handoffOpened, orderPlaced, agreementSigned, serviceStarted,
           healthRecorded, renewalIntentRecorded, retracted, serviceEnded, dealDeleted,
           dealMerged, dealRestored, experimentConcluded, icpPublished, playbookPublished,
           agreementDeclined, handoffAccepted, reviewHeld, pivotDecided, reportIssued,
           rulesPublished
       ) AS body
FROM read_json('@FILE@', format = 'newline_delimited', columns = {
    id: 'VARCHAR', occurredAt: 'TIMESTAMP', sourceRecordedAt: 'TIMESTAMP', deal: 'VARCHAR',
    actor: 'VARCHAR', source: 'JSON',
    propertyChanged: 'JSON', emailSent: 'JSON', stageChanged: 'JSON', meetingLogged: 'JSON',
    emailOpened: 'JSON', dealCreated: 'JSON', outreachAttempted: 'JSON',
    pricingRequested: 'JSON', lossRecorded: 'JSON', artifactLinked: 'JSON',
    agreementSent: 'JSON', leadCaptured: 'JSON', emailReplied: 'JSON',
    qualificationRecorded: 'JSON', dealEnrolled: 'JSON', learningRecorded: 'JSON',
    experimentStarted: 'JSON', handoffOpened: 'JSON', orderPlaced: 'JSON',
    agreementSigned: 'JSON', serviceStarted: 'JSON', healthRecorded: 'JSON',
    renewalIntentRecorded: 'JSON', retracted: 'JSON', serviceEnded: 'JSON', dealDeleted: 'JSON',
    dealMerged: 'JSON', dealRestored: 'JSON', experimentConcluded: 'JSON', icpPublished: 'JSON',
    playbookPublished: 'JSON', agreementDeclined: 'JSON', handoffAccepted: 'JSON',
    reviewHeld: 'JSON', pivotDecided: 'JSON', reportIssued: 'JSON', rulesPublished: 'JSON'});

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
       (body->>'startsAt')::TIMESTAMP AS starts, body->>'outcome' AS outcome,
       coalesce(body->>'type', '') AS type
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

DROP TABLE batch;

COMMIT;
