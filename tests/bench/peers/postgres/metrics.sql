-- The 13 metrics in three slices at any number of dates, in one pass over the history.
--
-- A date stands for its last microsecond, and a window reaches back whole days: so whatever counts
-- counts on a run of days, [first, until), that does not depend on the dates asked. Each metric is
-- a set of such runs (`share`), cut to the days on which the deal is there and to the slice that it
-- is in on them (`standing`). A run adds at the first asked date in it and takes away at the first
-- one after it; sums of that over the dates are the answer. 520 dates cost little more than one.
--
-- What several steps join by deal is a temporary table, so that the planner knows its size.

\set ON_ERROR_STOP on
\set QUIET on
SET timezone = 'UTC';
SET jit = off;
SET work_mem = '256MB';
SET temp_buffers = '256MB';
SET max_parallel_workers_per_gather = 1;

BEGIN;

CREATE TEMP TABLE asked ON COMMIT DROP AS
SELECT v::date AS date FROM (VALUES @DATES@) AS t(v);
CREATE TEMP TABLE span ON COMMIT DROP AS
SELECT min(date) AS earliest, max(date) AS latest FROM asked;

-- Of each day, the first asked date that sees it.
CREATE TEMP TABLE calendar ON COMMIT DROP AS
SELECT day::date AS day, min(date) OVER (ORDER BY day DESC) AS date
FROM span, generate_series(earliest, latest, interval '1 day') AS day
LEFT JOIN asked ON date = day;

-- A retraction counts unless one that counts retracts it. An event and all that hangs on it are a
-- tree; walk each from its event down to the first leaf and back: `counts` is null on the way down,
-- and what is known of the spot on the way up. One that counts settles what it retracts.
CREATE TEMP TABLE dead ON COMMIT DROP AS
WITH RECURSIVE
first_retraction AS (
    SELECT target AS seq, min(seq) AS child FROM retraction GROUP BY target),
node AS MATERIALIZED (
    SELECT seq, target, child, lead(seq) OVER (PARTITION BY target ORDER BY seq) AS sibling
    FROM retraction LEFT JOIN first_retraction USING (seq)),
walk AS (
    SELECT seq AS root, child AS spot, NULL::boolean AS counts
    FROM first_retraction
    WHERE seq NOT IN (SELECT seq FROM retraction)
    UNION ALL
    SELECT root,
           CASE WHEN counts IS NULL THEN coalesce(child, spot)
                WHEN counts THEN target
                ELSE coalesce(sibling, target) END,
           CASE WHEN counts IS NULL THEN CASE WHEN child IS NULL THEN true END
                WHEN counts THEN false
                WHEN sibling IS NULL THEN true END
    FROM walk JOIN node ON node.seq = walk.spot)
SELECT root AS seq FROM walk WHERE spot = root AND NOT counts;
ANALYZE asked, span, calendar, dead;

-- Successive events with one stage are one visit, which is observed if the first of them is.
CREATE TEMP TABLE visit ON COMMIT DROP AS
SELECT deal, stage, observed, occurred AS entered, stage_before,
       lead(occurred) OVER life AS exited, lead(stage) OVER life AS stage_after,
       occurred::date AS first, coalesce((lead(occurred) OVER life)::date, 'infinity') AS until
FROM (SELECT deal, stage, observed, occurred, seq,
             lag(stage) OVER (PARTITION BY deal ORDER BY occurred, seq) AS stage_before
      FROM stage_set
      WHERE occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)) told
WHERE stage_before IS DISTINCT FROM stage
WINDOW life AS (PARTITION BY deal ORDER BY occurred, seq);

-- What was set first holds before, too: people type it in long after it was true.
CREATE TEMP TABLE setting ON COMMIT DROP AS
SELECT deal, property, value,
       CASE WHEN row_number() OVER life = 1 THEN '-infinity' ELSE occurred::date END AS first,
       coalesce((lead(occurred) OVER life)::date, 'infinity') AS until
FROM property_set
WHERE seq NOT IN (SELECT seq FROM dead)
WINDOW life AS (PARTITION BY deal, property ORDER BY occurred, seq);
-- A value that is no day, or one that does not exist, is none; its time is not another value's.
CREATE TEMP TABLE contract ON COMMIT DROP AS
SELECT deal, property, first, until, month_begins + day_of_month - 1 AS day
FROM (SELECT deal, property, first, until, substr(value, 9)::integer AS day_of_month,
             make_date(substr(value, 1, 4)::integer, substr(value, 6, 2)::integer, 1)
                 AS month_begins
      FROM setting
      WHERE property IN ('contract_start', 'contract_end') AND first < until
        AND value ~ '^(19[7-9]\d|[2-9]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$') dates
WHERE day_of_month <= extract(day FROM month_begins + interval '1 month - 1 day');

-- The days on which a deal is there, and its slice on them. Deals of which nothing is said here are
-- there always, in no slice but `all`.
CREATE TEMP TABLE there ON COMMIT DROP AS
WITH presence AS (
    SELECT deal, occurred, seq, present
    FROM presence_set
    WHERE seq NOT IN (SELECT seq FROM dead))
SELECT deal, first, until
FROM (SELECT deal, present, occurred::date AS first,
             coalesce((lead(occurred) OVER (PARTITION BY deal ORDER BY occurred, seq))::date,
                      'infinity') AS until
      FROM presence
      UNION ALL
      SELECT deal, true, '-infinity', min(occurred)::date FROM presence GROUP BY deal) spells
WHERE present;
CREATE TEMP TABLE standing ON COMMIT DROP AS
SELECT deal,
       CASE value WHEN 'newbusiness' THEN 'new'::slice
                  WHEN 'existingbusiness' THEN 'existing'::slice
                  ELSE 'neither'::slice END AS slice,
       greatest(t.first, p.first) AS first, least(t.until, p.until) AS until
FROM (SELECT * FROM setting WHERE property = 'deal_type') t FULL JOIN there p USING (deal);
ANALYZE visit, setting, contract, there, standing;

-- An e-mail counts from its sending until it leaves the window or is sent anew.
CREATE TEMP TABLE outreach_sent ON COMMIT DROP AS
SELECT s.deal, s.email, s.first, s.until
FROM (SELECT deal, email, occurred, occurred::date AS first,
             least(occurred::date + 30,
                   (lead(occurred) OVER (PARTITION BY deal, email ORDER BY occurred, seq))::date)
                 AS until
      FROM email_sent
      WHERE occurred >= (SELECT earliest - 30 FROM span)
        AND occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)) s
JOIN visit v ON v.deal = s.deal AND v.stage = 'outreach' AND s.occurred >= v.entered
            AND s.occurred < coalesce(v.exited, 'infinity');
CREATE TEMP TABLE opening ON COMMIT DROP AS
SELECT deal, email, min(occurred)::date AS opened
FROM email_opened
WHERE occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)
GROUP BY deal, email;

-- The last wording of a meeting holds until it is worded anew.
CREATE TEMP TABLE completed ON COMMIT DROP AS
SELECT deal, meeting, type, starts, first, until
FROM span, (SELECT deal, meeting, outcome, type, starts, greatest(occurred, starts)::date AS first,
                   least(starts::date + 7,
                         (lead(occurred) OVER (PARTITION BY deal, meeting
                                               ORDER BY occurred, seq))::date) AS until
            FROM meeting_logged
            WHERE occurred < (SELECT latest + 1 FROM span)
              AND seq NOT IN (SELECT seq FROM dead)) wording
WHERE outcome = 'completed' AND first < until AND first <= latest AND until > earliest;
ANALYZE outreach_sent, opening, completed;

WITH
-- Entries from outside. `covered`: the days that the entry before has counted already.
entry AS (
    SELECT deal, first, first + 7 AS until,
           lag(first + 7) OVER (PARTITION BY deal ORDER BY entered) AS covered
    FROM visit
    WHERE stage IN ('outreach', 'discovery', 'renewals', 'proposal') AND NOT observed
      AND coalesce(stage_before, '') NOT IN ('outreach', 'discovery', 'renewals', 'proposal')),

outreach_email AS MATERIALIZED (
    SELECT s.deal, s.first, s.until, o.opened
    FROM outreach_sent s LEFT JOIN opening o USING (deal, email)),

lead_time AS (
    SELECT deal, won::date AS first, extract(epoch FROM won - begun)::float8 / 86400 AS days
    FROM (SELECT deal, min(entered) FILTER (WHERE stage = 'closed_won') AS won,
                 min(entered) FILTER (WHERE stage = 'enrichment') AS begun
          FROM visit
          WHERE stage IN ('closed_won', 'enrichment') AND NOT observed
          GROUP BY deal) firsts
    WHERE begun <= won),

-- A visit counts while it is open, and until the window has passed its end.
discovery AS MATERIALIZED (
    SELECT deal, entered, exited, first, until,
           CASE WHEN exited IS NULL THEN 'infinity'::date ELSE until + 365 END AS forgotten
    FROM visit
    WHERE stage = 'discovery' AND NOT observed),

-- Won deals and the end of their contract.
running_out AS MATERIALIZED (
    SELECT v.deal, greatest(v.first, c.first) AS first, least(v.until, c.until) AS until, c.day
    FROM visit v JOIN contract c USING (deal)
    WHERE v.stage = 'closed_won' AND c.property = 'contract_end'),
overdue AS MATERIALIZED (
    SELECT r.deal, greatest(r.first, r.day + 1) AS first, least(r.until, s.ended) AS until
    FROM running_out r
    LEFT JOIN (SELECT deal, min(occurred)::date AS ended
               FROM service_ended
               WHERE seq NOT IN (SELECT seq FROM dead)
               GROUP BY deal) s USING (deal)),
renewal AS (
    SELECT d.deal, greatest(v.first, s.first, t.first) AS first,
           least(v.until, s.until, t.until) AS until
    FROM setting s
    JOIN deal d ON d.name = s.value
    JOIN visit v ON v.deal = s.deal
    LEFT JOIN there t ON t.deal = s.deal
    WHERE s.property = 'renews' AND d.deal <> s.deal
      AND v.stage IN ('closed_won', 'closed_won_complete')),
renewed AS (
    SELECT deal, until,
           greatest(first, max(until) OVER (PARTITION BY deal ORDER BY first, until
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
               AS first
    FROM renewal
    WHERE first < until),

held AS (
    SELECT deal, meeting, first, until
    FROM completed
    WHERE type IN ('discovery', 'renewal', 'proposal')
    UNION ALL
    SELECT c.deal, c.meeting, c.first, c.until
    FROM completed c
    JOIN visit v ON v.deal = c.deal AND c.starts >= v.entered
                AND c.starts < coalesce(v.exited, 'infinity')
    WHERE c.type = '' AND v.stage IN ('discovery', 'renewals', 'proposal')),
-- Through several deals a meeting counts once in a slice: each adds the days not counted yet.
attended AS (
    SELECT h.meeting, unnest(CASE WHEN s.slice IN ('new', 'existing')
                                  THEN ARRAY[s.slice, 'all']
                                  ELSE ARRAY['all'::slice] END) AS slice,
           greatest(h.first, s.first) AS first, least(h.until, s.until) AS until
    FROM held h LEFT JOIN standing s USING (deal)),
meeting AS (
    SELECT slice, until,
           greatest(first, max(until) OVER (PARTITION BY meeting, slice ORDER BY first, until
                                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
               AS first
    FROM attended
    WHERE first < until),

-- A visit that is open weighs `running` times the date less when it was entered.
share AS (
    SELECT 'sqd'::metric AS metric, deal, first, until, 1 AS n, 0 AS hits, 0::float8 AS days,
           0 AS running
    FROM visit
    WHERE stage IN ('outreach', 'discovery', 'renewals', 'proposal')
    UNION ALL
    SELECT 'sqd_net_new', deal, greatest(first, covered), until, 1, 0, 0, 0 FROM entry
    UNION ALL
    SELECT 'outreach_email_open_rate', deal, first, until, 1, 0, 0, 0 FROM outreach_email
    UNION ALL
    SELECT 'outreach_email_open_rate', deal, greatest(first, opened), until, 0, 1, 0, 0
    FROM outreach_email
    WHERE opened IS NOT NULL
    UNION ALL
    SELECT CASE stage WHEN 'outreach' THEN 'outreach_to_discovery'::metric
                      ELSE 'discovery_to_proposal' END,
           deal, until, until + 365, 1,
           CASE WHEN stage_after IN ('proposal', 'closed_won', 'closed_won_complete')
                  OR (stage = 'outreach' AND stage_after = 'discovery') THEN 1 ELSE 0 END, 0, 0
    FROM visit
    WHERE stage IN ('outreach', 'discovery') AND exited IS NOT NULL
    UNION ALL
    SELECT 'days_in_pipeline', deal, first, first + 365, 1, 0, days, 0 FROM lead_time
    UNION ALL
    SELECT 'days_in_discovery', deal,
           greatest(first, max(forgotten) OVER (PARTITION BY deal ORDER BY first, forgotten
                                                ROWS BETWEEN UNBOUNDED PRECEDING
                                                         AND 1 PRECEDING)),
           forgotten, 1, 0, 0, 0
    FROM discovery
    UNION ALL
    SELECT 'days_in_discovery', deal, first, until, 0, 0, 
           -extract(epoch FROM entered)::float8 / 86400, 1
    FROM discovery
    UNION ALL
    SELECT 'days_in_discovery', deal, until, forgotten, 0, 0,
           extract(epoch FROM exited - entered)::float8 / 86400, 0
    FROM discovery
    WHERE exited IS NOT NULL
    UNION ALL
    SELECT 'existing_business_active', r.deal, greatest(r.first, c.first, c.day),
           least(r.until, c.until, r.day + 1), 1, 0, 0, 0
    FROM running_out r JOIN contract c USING (deal)
    WHERE c.property = 'contract_start'
    UNION ALL
    SELECT 'overdue_renewal', deal, first, until, 1, 0, 0, 0 FROM overdue
    UNION ALL
    SELECT 'overdue_renewal', deal, greatest(o.first, r.first), least(o.until, r.until), -1, 0, 0, 0
    FROM overdue o JOIN renewed r USING (deal)
    UNION ALL
    SELECT metric::metric, deal, greatest(first, day - farthest),
           least(until, day - nearest + 1), 1, 0, 0, 0
    FROM running_out, (VALUES ('renewal_0_30', 0, 30), ('renewal_31_90', 31, 90),
                              ('renewal_91_180', 91, 180)) AS t(metric, nearest, farthest)),
placed AS (
    SELECT metric, coalesce(slice, 'neither') AS slice, greatest(s.first, t.first) AS first,
           least(s.until, t.until) AS until, n, hits, days, running
    FROM share s LEFT JOIN standing t USING (deal)
    UNION ALL
    SELECT 'meetings_per_week', slice, first, until, 1, 0, 0, 0 FROM meeting),

run AS (
    SELECT metric, slice, a.date AS first, u.date AS until, n, hits, days, running
    FROM placed p
    CROSS JOIN span
    JOIN calendar a ON a.day = greatest(p.first, earliest)
    LEFT JOIN calendar u ON u.day = greatest(p.until, earliest)
    WHERE p.first < p.until AND p.until > earliest AND a.date IS DISTINCT FROM u.date),
ends AS (
    SELECT metric, slice, coalesce(first, until) AS date,
           CASE GROUPING(until) WHEN 1 THEN 1 ELSE -1 END AS sign, sum(n) AS n,
           sum(hits) AS hits, sum(days) AS days, sum(running) AS running
    FROM run
    GROUP BY GROUPING SETS ((metric, slice, first), (metric, slice, until))),
step AS (
    SELECT metric, slice, date, sign * n AS n, sign * hits AS hits, sign * days AS days,
           sign * running AS running
    FROM ends
    WHERE date IS NOT NULL),
-- `all` is the deals of every slice and of none; meetings have theirs already.
sliced AS (
    SELECT metric, slice, date, n, hits, days, running
    FROM step
    WHERE slice <> 'neither'
    UNION ALL
    SELECT metric, 'all', date, n, hits, days, running
    FROM step
    WHERE metric <> 'meetings_per_week'
    UNION ALL
    SELECT m, s, date, 0, 0, 0, 0
    FROM asked, unnest(enum_range(NULL::metric)) AS m,
         unnest(enum_range('new'::slice, 'all')) AS s),
total AS (
    SELECT date, metric, slice, sum(sum(n)) OVER dates AS n, sum(sum(hits)) OVER dates AS hits,
           sum(sum(days)) OVER dates AS days, sum(sum(running)) OVER dates AS running
    FROM sliced
    GROUP BY date, metric, slice
    WINDOW dates AS (PARTITION BY metric, slice ORDER BY date))
SELECT date, metric, slice,
       CASE WHEN metric IN ('outreach_email_open_rate', 'outreach_to_discovery',
                            'discovery_to_proposal')
            THEN CASE WHEN n > 0 THEN hits::float8 / n::float8 END
            WHEN metric IN ('days_in_pipeline', 'days_in_discovery')
            THEN CASE WHEN n > 0
                      THEN (days + running::float8 * (date - DATE '1970-01-01' + 1
                                                      - 1 / 86400e6::float8)) / n::float8 END
            ELSE n::float8 END AS value,
       n
FROM total
ORDER BY date, metric, slice;

COMMIT;
