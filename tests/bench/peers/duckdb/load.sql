-- Loads a file of events, whole or not at all.
--
-- `event` keeps every event: what all have in typed columns, the body as it came. The tables under
-- it hold, typed, what the metrics ask for, a deal as a small number; nothing in them is folded, so
-- late events, corrections and other windows need no more than another question.
--
-- The unique index is made after the rows and filled as they are committed, which takes less than a
-- primary key. There is no other: DuckDB looks up by scanning, and joins by hashing.

BEGIN;

CREATE TYPE metric AS ENUM (
    'sqd', 'sqd_net_new', 'meetings_per_week', 'outreach_email_open_rate',
    'outreach_to_discovery', 'discovery_to_proposal', 'days_in_pipeline', 'days_in_discovery',
    'existing_business_active', 'overdue_renewal', 'renewal_0_30', 'renewal_31_90',
    'renewal_91_180');
CREATE TYPE slice AS ENUM ('new', 'existing', 'all', 'neither');

-- Timestamps come with any offset; instants are kept as they read in UTC.
CREATE MACRO read_events(file) AS TABLE
SELECT id,
       make_timestamp(epoch_us(occurredAt)) AS occurred,
       make_timestamp(epoch_us(sourceRecordedAt)) AS source_recorded,
       deal,
       actor,
       source,
       CASE WHEN propertyChanged IS NOT NULL THEN 'propertyChanged'
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
FROM read_json(file, format = 'newline_delimited', columns = {
    id: 'VARCHAR', occurredAt: 'TIMESTAMPTZ', sourceRecordedAt: 'TIMESTAMPTZ', deal: 'VARCHAR',
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

CREATE TABLE event AS
SELECT row_number() OVER () AS seq, * FROM read_events('@FILE@');

CREATE UNIQUE INDEX event_id ON event (id);

CREATE TABLE deal AS
SELECT row_number() OVER ()::INTEGER AS deal, name
FROM (SELECT DISTINCT deal AS name FROM event WHERE deal <> '');

CREATE TABLE stage_set AS
SELECT d.deal, occurred, seq, coalesce(body->>'to', body->>'stage') AS stage,
       coalesce((body->>'observed')::BOOLEAN, false) AS observed
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'stageChanged' OR (type = 'dealCreated' AND (body->>'stage') <> '');

CREATE TABLE property_set AS
SELECT d.deal, occurred, seq, coalesce(body->>'name', '') AS property,
       coalesce(body->>'value', '') AS value
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'propertyChanged'
  AND (body->>'name') IN ('deal_type', 'contract_start', 'contract_end', 'renews')
UNION ALL
SELECT d.deal, occurred, seq, 'deal_type', body->>'dealType'
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'dealCreated' AND (body->>'dealType') <> '';

-- A merge that names the deal itself counts for nothing.
CREATE TABLE presence_set AS
SELECT d.deal, occurred, seq, type = 'dealRestored' AS present
FROM event e JOIN deal d ON d.name = e.deal
WHERE type IN ('dealDeleted', 'dealRestored')
   OR (type = 'dealMerged' AND (body->>'into') <> e.deal);

CREATE TABLE service_ended AS
SELECT d.deal, occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'serviceEnded';

CREATE TABLE meeting_logged AS
SELECT d.deal, occurred, seq, body->>'meeting' AS meeting,
       make_timestamp(epoch_us((body->>'startsAt')::TIMESTAMPTZ)) AS starts,
       body->>'outcome' AS outcome, coalesce(body->>'type', '') AS type
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'meetingLogged';

CREATE TABLE email_sent AS
SELECT d.deal, occurred, seq, body->>'email' AS email
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailSent';

CREATE TABLE email_opened AS
SELECT d.deal, occurred, seq, body->>'email' AS email
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailOpened';

CREATE TABLE retraction AS
SELECT r.seq, e.seq AS target
FROM event r JOIN event e ON e.id = (r.body->>'event')
WHERE r.type = 'retracted';

-- What the learning half asks for, beside that.

CREATE TABLE property_told AS
SELECT d.deal, occurred, seq, coalesce(body->>'name', '') AS property,
       coalesce(body->>'value', '') AS value
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'propertyChanged'
  AND (body->>'name') NOT IN ('deal_type', 'contract_start', 'contract_end', 'renews')
UNION ALL
SELECT d.deal, occurred, seq, property, value
FROM (SELECT deal, occurred, seq,
             unnest([{'property': 'deal_name', 'value': body->>'name'},
                     {'property': 'owner', 'value': body->>'owner'}], recursive := true)
      FROM event
      WHERE type = 'dealCreated') e
JOIN deal d ON d.name = e.deal
WHERE value <> '';

CREATE TABLE email_replied AS
SELECT d.deal, occurred, seq
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'emailReplied';

CREATE TABLE lead_captured AS
SELECT d.deal, occurred, seq, coalesce(body->>'campaign', '') AS campaign,
       coalesce(body->>'channel', '') AS channel
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'leadCaptured';

CREATE TABLE qualification AS
SELECT d.deal, occurred, seq, coalesce((body->>'need')::BOOLEAN, false) AS need,
       coalesce((body->>'budget')::BOOLEAN, false) AS budget,
       coalesce((body->>'icpFit')::BOOLEAN, false) AS icp_fit,
       coalesce(body->>'icpVersion', '') AS icp_version
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'qualificationRecorded';

CREATE TABLE enrolment AS
SELECT d.deal, occurred, seq, body->>'experiment' AS experiment,
       coalesce(body->>'arm', '') AS arm
FROM event e JOIN deal d ON d.name = e.deal
WHERE type = 'dealEnrolled';

CREATE TABLE experiment AS
SELECT occurred, seq, body->>'experiment' AS experiment, coalesce(body->>'metric', '') AS metric,
       coalesce(body->>'target', '') AS target
FROM event
WHERE type = 'experimentStarted';

-- In rates: the 95 % interval of k of n.
CREATE MACRO wilson(k, n, side) AS
    CASE WHEN n > 0
         THEN greatest(0, least(1, (k + 1.959963984540054 ^ 2 / 2 + side * 1.959963984540054
                  * sqrt(k * (n - k)::DOUBLE / n + 1.959963984540054 ^ 2 / 4))
              / (n + 1.959963984540054 ^ 2))) END;

-- A quotient to the nearest whole number, halves to the even one.
CREATE MACRO half_even(p, q) AS
    p // q + CASE WHEN 2 * (p % q) > q OR (2 * (p % q) = q AND (p // q) % 2 = 1) THEN 1 ELSE 0 END;

COMMIT;
CHECKPOINT;
