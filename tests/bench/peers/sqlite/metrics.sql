-- The 13 metrics in three slices at any number of dates, in one pass over the history.
--
-- A date stands for its last microsecond, and a window reaches back whole days: so whatever counts
-- counts on a run of days, [first, until), that does not depend on the dates asked. Each metric is
-- a set of such runs (`share`), cut to the days on which the deal is there and to the slice that it
-- is in on them (`standing`). A run adds at the first asked date in it and takes away at the first
-- one after it; sums of that over the dates are the answer. 520 dates cost little more than one.
--
-- Days are numbers since 1970, -1 is before all and 9999999 never. What several steps look up by
-- deal is a temporary table in the deals' order: SQLite joins by index, and none must be built.

.bail on
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -262144;

CREATE TEMP TABLE asked (date INTEGER PRIMARY KEY);
INSERT INTO asked SELECT unixepoch(column1) / 86400 FROM (VALUES @DATES@);
CREATE TEMP TABLE span AS
SELECT min(date) AS earliest, max(date) AS latest, (max(date) + 1) * 86400000000 AS later
FROM asked;

-- Of each day, the first asked date that sees it.
CREATE TEMP TABLE calendar (day INTEGER PRIMARY KEY, date INTEGER NOT NULL);
INSERT INTO calendar
WITH RECURSIVE days(day, latest) AS (
    SELECT earliest, latest FROM span
    UNION ALL
    SELECT day + 1, latest FROM days WHERE day < latest)
SELECT day, (SELECT min(date) FROM asked WHERE date >= day) FROM days;

-- A retraction counts unless one that counts retracts it. An event and all that hangs on it are a
-- tree; walk each from its event down to the first leaf and back: `counts` is null on the way down,
-- and what is known of the spot on the way up. One that counts settles what it retracts.
CREATE TEMP TABLE dead (seq INTEGER PRIMARY KEY);
INSERT INTO dead
WITH RECURSIVE walk(root, spot, counts) AS (
    SELECT target, min(seq), NULL
    FROM retraction
    WHERE target NOT IN (SELECT seq FROM retraction)
    GROUP BY target
    UNION ALL
    SELECT root,
           CASE WHEN counts IS NULL
                THEN coalesce((SELECT min(c.seq) FROM retraction c WHERE c.target = r.seq), spot)
                WHEN counts THEN r.target
                ELSE coalesce((SELECT min(c.seq) FROM retraction c
                               WHERE c.target = r.target AND c.seq > r.seq), r.target) END,
           CASE WHEN counts IS NULL
                THEN iif(EXISTS (SELECT 1 FROM retraction c WHERE c.target = r.seq), NULL, 1)
                WHEN counts THEN 0
                ELSE iif(EXISTS (SELECT 1 FROM retraction c
                                 WHERE c.target = r.target AND c.seq > r.seq), NULL, 1) END
    FROM walk JOIN retraction r ON r.seq = spot)
SELECT root FROM walk WHERE spot = root AND counts = 0;

-- Successive events with one stage are one visit, which is observed if the first of them is.
CREATE TEMP TABLE visit (
    deal INTEGER, ordinal INTEGER, stage TEXT, observed INTEGER, entered INTEGER, exited INTEGER,
    stage_before TEXT, stage_after TEXT, first INTEGER, until INTEGER,
    PRIMARY KEY (deal, ordinal)) WITHOUT ROWID;
INSERT INTO visit
SELECT deal, row_number() OVER life, stage, observed, occurred, lead(occurred) OVER life,
       stage_before, lead(stage) OVER life, occurred / 86400000000,
       coalesce(lead(occurred) OVER life / 86400000000, 9999999)
FROM (SELECT deal, stage, observed, occurred, seq,
             lag(stage) OVER (PARTITION BY deal ORDER BY occurred, seq) AS stage_before
      FROM stage_set
      WHERE occurred < (SELECT later FROM span) AND seq NOT IN (SELECT seq FROM dead))
WHERE stage_before IS NOT stage
WINDOW life AS (PARTITION BY deal ORDER BY occurred, seq);

-- What was set first holds before, too: people type it in long after it was true.
CREATE TEMP TABLE setting (
    deal INTEGER, property TEXT, first INTEGER, until INTEGER, value TEXT,
    PRIMARY KEY (deal, property, first)) WITHOUT ROWID;
INSERT INTO setting
SELECT deal, property, first, until, value
FROM (SELECT deal, property, value,
             iif(row_number() OVER life = 1, -1, occurred / 86400000000) AS first,
             coalesce(lead(occurred) OVER life / 86400000000, 9999999) AS until
      FROM property_set
      WHERE seq NOT IN (SELECT seq FROM dead)
      WINDOW life AS (PARTITION BY deal, property ORDER BY occurred, seq))
WHERE first < until;
CREATE TEMP TABLE contract (
    deal INTEGER, property TEXT, first INTEGER, until INTEGER, day INTEGER,
    PRIMARY KEY (deal, property, first)) WITHOUT ROWID;
INSERT INTO contract
SELECT deal, property, first, until, unixepoch(value) / 86400
FROM setting
WHERE property IN ('contract_start', 'contract_end') AND date(value, '+0 days') = value
  AND value >= '1970-01-01';

-- The days on which a deal is there, and its slice on them. Deals of which nothing is said here are
-- there always, in no slice but `all`.
CREATE TEMP TABLE there (
    deal INTEGER, first INTEGER, until INTEGER, PRIMARY KEY (deal, first)) WITHOUT ROWID;
INSERT INTO there
WITH presence AS MATERIALIZED (
    SELECT deal, occurred / 86400000000 AS first, present,
           coalesce(lead(occurred) OVER life / 86400000000, 9999999) AS until
    FROM presence_set
    WHERE seq NOT IN (SELECT seq FROM dead)
    WINDOW life AS (PARTITION BY deal ORDER BY occurred, seq))
SELECT deal, first, until FROM presence WHERE present AND first < until
UNION ALL
SELECT deal, -1, min(first) FROM presence GROUP BY deal;
CREATE TEMP TABLE standing (
    deal INTEGER, first INTEGER, until INTEGER, slice TEXT,
    PRIMARY KEY (deal, first)) WITHOUT ROWID;
INSERT INTO standing
SELECT d.deal, max(coalesce(s.first, -1), coalesce(t.first, -1)) AS begins,
       min(coalesce(s.until, 9999999), coalesce(t.until, 9999999)) AS ends,
       CASE s.value WHEN 'newbusiness' THEN 'new' WHEN 'existingbusiness' THEN 'existing'
                    ELSE 'neither' END
FROM deal d
LEFT JOIN setting s ON s.deal = d.deal AND s.property = 'deal_type'
LEFT JOIN there t ON t.deal = d.deal
WHERE begins < ends;

-- Won deals and the end of their contract.
CREATE TEMP TABLE running_out AS
SELECT v.deal, max(v.first, c.first) AS first, min(v.until, c.until) AS until, c.day
FROM visit v JOIN contract c ON c.deal = v.deal AND c.property = 'contract_end'
WHERE v.stage = 'closed_won';
CREATE TEMP TABLE renewed (
    deal INTEGER, first INTEGER, until INTEGER, PRIMARY KEY (deal, first)) WITHOUT ROWID;
INSERT INTO renewed
SELECT deal, begins, until
FROM (SELECT deal, until,
             max(first, coalesce(max(until) OVER (PARTITION BY deal ORDER BY first, until
                                                  ROWS BETWEEN UNBOUNDED PRECEDING
                                                           AND 1 PRECEDING), -1)) AS begins
      FROM (SELECT d.deal, max(v.first, s.first, coalesce(t.first, -1)) AS first,
                   min(v.until, s.until, coalesce(t.until, 9999999)) AS until
            FROM setting s
            JOIN deal d ON d.name = s.value
            JOIN visit v ON v.deal = s.deal
            LEFT JOIN there t ON t.deal = s.deal
            WHERE s.property = 'renews' AND d.deal <> s.deal
              AND v.stage IN ('closed_won', 'closed_won_complete'))
      WHERE first < until)
WHERE begins < until;

-- What a deal adds to a metric, on which days; an open visit weighs `running` times the date less
-- when it was entered.
CREATE TEMP TABLE share AS
WITH
-- Entries from outside. `covered`: the days that the entry before has counted already.
entry AS (
    SELECT deal, first, first + 7 AS until,
           lag(first + 7) OVER (PARTITION BY deal ORDER BY ordinal) AS covered
    FROM visit
    WHERE stage IN ('outreach', 'discovery', 'renewals', 'proposal') AND NOT observed
      AND coalesce(stage_before, '') NOT IN ('outreach', 'discovery', 'renewals', 'proposal')),
-- An e-mail counts from its sending until it leaves the window or is sent anew.
sending AS (
    SELECT deal, email, occurred, occurred / 86400000000 AS first,
           min(occurred / 86400000000 + 30,
               coalesce(lead(occurred) OVER (PARTITION BY deal, email ORDER BY occurred, seq)
                        / 86400000000, 9999999)) AS until
    FROM email_sent
    WHERE occurred >= (SELECT earliest - 30 FROM span) * 86400000000
      AND occurred < (SELECT later FROM span) AND seq NOT IN (SELECT seq FROM dead)),
outreach_email AS MATERIALIZED (
    SELECT s.deal, s.first, s.until,
           (SELECT min(o.occurred) / 86400000000
            FROM email_opened o
            WHERE o.deal = s.deal AND o.email = s.email
              AND o.seq NOT IN (SELECT seq FROM dead)) AS opened
    FROM sending s
    WHERE s.first < s.until
      AND EXISTS (SELECT 1 FROM visit v
                  WHERE v.deal = s.deal AND v.stage = 'outreach' AND s.occurred >= v.entered
                    AND s.occurred < coalesce(v.exited, 1e18))),
lead_time AS (
    SELECT deal, won / 86400000000 AS first, (won - begun) / 86400e6 AS days
    FROM (SELECT deal, min(entered) FILTER (WHERE stage = 'closed_won') AS won,
                 min(entered) FILTER (WHERE stage = 'enrichment') AS begun
          FROM visit
          WHERE stage IN ('closed_won', 'enrichment') AND NOT observed
          GROUP BY deal)
    WHERE begun <= won),
-- A visit counts while it is open, and until the window has passed its end.
discovery AS MATERIALIZED (
    SELECT deal, ordinal, entered, exited, first, until,
           iif(exited IS NULL, 9999999, until + 365) AS forgotten
    FROM visit
    WHERE stage = 'discovery' AND NOT observed),
overdue AS MATERIALIZED (
    SELECT r.deal, max(r.first, r.day + 1) AS first,
           min(r.until, coalesce((SELECT min(e.occurred) / 86400000000
                                  FROM service_ended e
                                  WHERE e.deal = r.deal AND e.seq NOT IN (SELECT seq FROM dead)),
                                 9999999)) AS until
    FROM running_out r)
SELECT 2 AS metric, deal, max(first, coalesce(covered, -1)) AS first, until, 1 AS n, 0 AS hits,
       0.0 AS days, 0 AS running
FROM entry
UNION ALL
SELECT 1, deal, first, until, 1, 0, 0.0, 0
FROM visit
WHERE stage IN ('outreach', 'discovery', 'renewals', 'proposal')
UNION ALL
SELECT 4, deal, first, until, 1, 0, 0.0, 0 FROM outreach_email
UNION ALL
SELECT 4, deal, max(first, opened), until, 0, 1, 0.0, 0
FROM outreach_email
WHERE opened IS NOT NULL
UNION ALL
SELECT iif(stage = 'outreach', 5, 6), deal, until, until + 365, 1,
       stage_after IN ('proposal', 'closed_won', 'closed_won_complete')
           OR (stage = 'outreach' AND stage_after = 'discovery'), 0.0, 0
FROM visit
WHERE stage IN ('outreach', 'discovery') AND exited IS NOT NULL
UNION ALL
SELECT 7, deal, first, first + 365, 1, 0, days, 0 FROM lead_time
UNION ALL
SELECT 8, deal,
       max(first, coalesce(max(forgotten) OVER (PARTITION BY deal ORDER BY ordinal
                                                ROWS BETWEEN UNBOUNDED PRECEDING
                                                         AND 1 PRECEDING), -1)),
       forgotten, 1, 0, 0.0, 0
FROM discovery
UNION ALL
SELECT 8, deal, first, until, 0, 0, -entered / 86400e6, 1 FROM discovery
UNION ALL
SELECT 8, deal, until, forgotten, 0, 0, (exited - entered) / 86400e6, 0
FROM discovery
WHERE exited IS NOT NULL
UNION ALL
SELECT 9, r.deal, max(r.first, c.first, c.day), min(r.until, c.until, r.day + 1), 1, 0, 0.0, 0
FROM running_out r JOIN contract c ON c.deal = r.deal AND c.property = 'contract_start'
UNION ALL
SELECT 10, deal, first, until, 1, 0, 0.0, 0 FROM overdue
UNION ALL
SELECT 10, o.deal, max(o.first, r.first), min(o.until, r.until), -1, 0, 0.0, 0
FROM overdue o JOIN renewed r ON r.deal = o.deal
UNION ALL
SELECT column1, deal, max(first, day - column3), min(until, day - column2 + 1), 1, 0, 0.0, 0
FROM running_out, (VALUES (11, 0, 30), (12, 31, 90), (13, 91, 180));

-- A meeting's last wording holds until it is worded anew. Through several deals a meeting counts
-- once in a slice: each adds the days not counted yet.
CREATE TEMP TABLE meeting AS
WITH
wording AS (
    SELECT deal, meeting, outcome, type, starts, max(occurred, starts) / 86400000000 AS first,
           min(starts / 86400000000 + 7,
               coalesce(lead(occurred) OVER (PARTITION BY deal, meeting ORDER BY occurred, seq)
                        / 86400000000, 9999999)) AS until
    FROM meeting_logged
    WHERE occurred < (SELECT later FROM span) AND seq NOT IN (SELECT seq FROM dead)),
held AS (
    SELECT deal, meeting, first, until
    FROM wording w, span
    WHERE outcome = 'completed' AND first < until AND first <= latest AND until > earliest
      AND (type IN ('discovery', 'renewal', 'proposal')
           OR (type = ''
               AND EXISTS (SELECT 1 FROM visit v
                           WHERE v.deal = w.deal AND w.starts >= v.entered
                             AND w.starts < coalesce(v.exited, 1e18)
                             AND v.stage IN ('discovery', 'renewals', 'proposal'))))),
attended AS (
    SELECT h.meeting, column1 AS slice, max(h.first, s.first) AS first,
           min(h.until, s.until) AS until
    FROM held h JOIN standing s ON s.deal = h.deal, (VALUES ('new'), ('existing'), ('all'))
    WHERE column1 IN (s.slice, 'all'))
SELECT slice, until,
       max(first, coalesce(max(until) OVER (PARTITION BY meeting, slice ORDER BY first, until
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                           -1)) AS first
FROM attended
WHERE first < until;

WITH
placed AS (
    SELECT metric, slice, max(h.first, s.first) AS first, min(h.until, s.until) AS until, n, hits,
           days, running
    FROM share h JOIN standing s ON s.deal = h.deal
    UNION ALL
    SELECT 3, slice, first, until, 1, 0, 0.0, 0 FROM meeting),
run AS MATERIALIZED (
    SELECT metric, slice, a.date AS first, u.date AS until, sum(n) AS n, sum(hits) AS hits,
           sum(days) AS days, sum(running) AS running
    FROM placed p, span
    JOIN calendar a ON a.day = max(p.first, earliest)
    LEFT JOIN calendar u ON u.day = max(p.until, earliest)
    WHERE p.first < p.until AND p.until > earliest AND a.date IS NOT u.date
    GROUP BY metric, slice, a.date, u.date),
step AS MATERIALIZED (
    SELECT metric, slice, first AS date, n, hits, days, running FROM run
    UNION ALL
    SELECT metric, slice, until, -n, -hits, -days, -running FROM run WHERE until IS NOT NULL),
named(metric, name, kind) AS (
    VALUES (1, 'sqd', 'count'), (2, 'sqd_net_new', 'count'), (3, 'meetings_per_week', 'count'),
           (4, 'outreach_email_open_rate', 'rate'), (5, 'outreach_to_discovery', 'rate'),
           (6, 'discovery_to_proposal', 'rate'), (7, 'days_in_pipeline', 'mean'),
           (8, 'days_in_discovery', 'mean'), (9, 'existing_business_active', 'count'),
           (10, 'overdue_renewal', 'count'), (11, 'renewal_0_30', 'count'),
           (12, 'renewal_31_90', 'count'), (13, 'renewal_91_180', 'count')),
slices(ordinal, slice) AS (VALUES (1, 'new'), (2, 'existing'), (3, 'all')),
-- `all` is the deals of every slice and of none; meetings have theirs already.
sliced AS (
    SELECT metric, slice, date, n, hits, days, running FROM step WHERE slice <> 'neither'
    UNION ALL
    SELECT metric, 'all', date, n, hits, days, running FROM step WHERE metric <> 3
    UNION ALL
    SELECT metric, slice, date, 0, 0, 0.0, 0 FROM asked, named, slices),
total AS (
    SELECT date, metric, slice, sum(sum(n)) OVER dates AS n, sum(sum(hits)) OVER dates AS hits,
           sum(sum(days)) OVER dates AS days, sum(sum(running)) OVER dates AS running
    FROM sliced
    GROUP BY metric, slice, date
    WINDOW dates AS (PARTITION BY metric, slice ORDER BY date))
SELECT date(date * 86400, 'unixepoch'), name, t.slice,
       CASE kind WHEN 'count' THEN n
                 WHEN 'rate' THEN iif(n > 0, hits * 1.0 / n, NULL)
                 ELSE iif(n > 0,
                          printf('%!.17g', (days + running * (date + 1 - 1 / 86400e6)) / n), NULL)
       END,
       n
FROM total t JOIN named USING (metric) JOIN slices USING (slice)
ORDER BY date, metric, ordinal;
