-- The 13 metrics in three slices at any number of dates, in one pass over the history.
--
-- A date stands for its last microsecond, and a window reaches back whole days: so whatever counts
-- counts on a run of days, [first, until), that does not depend on the dates asked. Each metric is
-- a set of such runs (`share`), cut to the days on which the deal is there and to the slice that it
-- is in on them (`standing`). A run adds at the first asked date in it and takes away at the first
-- one after it; sums of that over the dates are the answer. 520 dates cost little more than one.

WITH RECURSIVE
asked AS (SELECT v::DATE AS date FROM (VALUES @DATES@) AS t(v)),
span AS (SELECT min(date) AS earliest, max(date) AS latest FROM asked),

@DEAD@

-- Successive events with one stage are one visit, which is observed if the first of them is.
stage_told AS (
    SELECT deal, stage, observed, occurred, seq,
           lag(stage) OVER (PARTITION BY deal ORDER BY occurred, seq) AS stage_before
    FROM stage_set
    WHERE occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)),
visit AS MATERIALIZED (
    SELECT deal, stage, observed, occurred AS entered, stage_before,
           lead(occurred) OVER later AS exited, lead(stage) OVER later AS stage_after,
           entered::DATE AS first, coalesce(exited::DATE, DATE 'infinity') AS until
    FROM stage_told
    WHERE stage_before IS DISTINCT FROM stage
    WINDOW later AS (PARTITION BY deal ORDER BY occurred, seq)),

-- What was set first holds before, too: people type it in long after it was true.
setting AS MATERIALIZED (
    SELECT deal, property, value,
           CASE WHEN row_number() OVER life = 1 THEN DATE '-infinity' ELSE occurred::DATE END
               AS first,
           coalesce((lead(occurred) OVER life)::DATE, DATE 'infinity') AS until
    FROM property_set
    WHERE seq NOT IN (SELECT seq FROM dead)
    WINDOW life AS (PARTITION BY deal, property ORDER BY occurred, seq)),
contract AS MATERIALIZED (
    SELECT deal, property, first, until, try_cast(value AS DATE) AS day
    FROM setting
    WHERE property IN ('contract_start', 'contract_end') AND first < until
      AND regexp_full_match(value, '\d{4}-\d\d-\d\d') AND day >= DATE '1970-01-01'),

-- The days on which a deal is there, and its slice on them. Deals of which nothing is said here are
-- there always, in no slice but `all`.
presence AS (
    SELECT deal, occurred, seq, present
    FROM presence_set
    WHERE seq NOT IN (SELECT seq FROM dead)),
there AS MATERIALIZED (
    SELECT deal, first, until
    FROM (SELECT deal, present, occurred::DATE AS first,
                 coalesce((lead(occurred) OVER (PARTITION BY deal ORDER BY occurred, seq))::DATE,
                          DATE 'infinity') AS until
          FROM presence
          UNION ALL
          SELECT deal, true, DATE '-infinity', min(occurred)::DATE FROM presence GROUP BY deal)
    WHERE present),
standing AS MATERIALIZED (
    SELECT deal,
           CASE value WHEN 'newbusiness' THEN 'new'::slice
                      WHEN 'existingbusiness' THEN 'existing'::slice
                      ELSE 'neither'::slice END AS slice,
           greatest(t.first, p.first) AS first, least(t.until, p.until) AS until
    FROM (FROM setting WHERE property = 'deal_type') t FULL JOIN there p USING (deal)),

-- Entries from outside. `covered`: the days that the entry before has counted already.
entry AS (
    SELECT deal, first, first + 7 AS until,
           lag(first + 7) OVER (PARTITION BY deal ORDER BY entered) AS covered
    FROM visit
    WHERE stage IN ('outreach', 'discovery', 'renewals', 'proposal') AND NOT observed
      AND coalesce(stage_before, '') NOT IN ('outreach', 'discovery', 'renewals', 'proposal')),

-- An e-mail counts from its sending until it leaves the window or is sent anew.
sending AS (
    SELECT deal, email, occurred, occurred::DATE AS first,
           least(occurred::DATE + 30,
                 (lead(occurred) OVER (PARTITION BY deal, email ORDER BY occurred, seq))::DATE)
               AS until
    FROM email_sent
    WHERE occurred >= (SELECT earliest - 30 FROM span)
      AND occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)),
opening AS (
    SELECT deal, email, min(occurred)::DATE AS opened
    FROM email_opened
    WHERE occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal, email),
outreach_email AS MATERIALIZED (
    SELECT s.deal, s.first, s.until, o.opened
    FROM sending s
    JOIN visit v ON v.deal = s.deal AND v.stage = 'outreach' AND s.occurred >= v.entered
                AND s.occurred < coalesce(v.exited, TIMESTAMP 'infinity')
    LEFT JOIN opening o ON o.deal = s.deal AND o.email = s.email),

lead_time AS (
    SELECT deal, won::DATE AS first, epoch_us(won) - epoch_us(begun) AS us
    FROM (SELECT deal, min(entered) FILTER (stage = 'closed_won') AS won,
                 min(entered) FILTER (stage = 'enrichment') AS begun
          FROM visit
          WHERE stage IN ('closed_won', 'enrichment') AND NOT observed
          GROUP BY deal)
    WHERE begun <= won),

-- A visit counts while it is open, and until the window has passed its end.
discovery AS MATERIALIZED (
    SELECT deal, entered, exited, first, until,
           CASE WHEN exited IS NULL THEN DATE 'infinity' ELSE until + 365 END AS forgotten
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
    LEFT JOIN (SELECT deal, min(occurred)::DATE AS ended
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

-- The last wording of a meeting holds until it is worded anew.
wording AS (
    SELECT deal, meeting, outcome, type, starts, greatest(occurred, starts)::DATE AS first,
           least(starts::DATE + 7,
                 (lead(occurred) OVER (PARTITION BY deal, meeting ORDER BY occurred, seq))::DATE)
               AS until
    FROM meeting_logged
    WHERE occurred < (SELECT latest + 1 FROM span) AND seq NOT IN (SELECT seq FROM dead)),
completed AS MATERIALIZED (
    SELECT deal, meeting, type, starts, first, until
    FROM wording, span
    WHERE outcome = 'completed' AND first < until AND first <= latest AND until > earliest),
held AS (
    SELECT deal, meeting, first, until
    FROM completed
    WHERE type IN ('discovery', 'renewal', 'proposal')
    UNION ALL
    SELECT c.deal, c.meeting, c.first, c.until
    FROM completed c
    JOIN visit v ON v.deal = c.deal AND c.starts >= v.entered
                AND c.starts < coalesce(v.exited, TIMESTAMP 'infinity')
    WHERE c.type = '' AND v.stage IN ('discovery', 'renewals', 'proposal')),
-- Through several deals a meeting counts once in a slice: each adds the days not counted yet.
attended AS (
    SELECT h.meeting, unnest(CASE WHEN s.slice IN ('new', 'existing') THEN [s.slice, 'all']
                                  ELSE ['all'] END)::slice AS slice,
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
    SELECT 'sqd'::metric AS metric, deal, first, until, 1 AS n, 0 AS hits, 0 AS us, 0 AS running
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
    SELECT CASE stage WHEN 'outreach' THEN 'outreach_to_discovery'
                      ELSE 'discovery_to_proposal' END,
           deal, until, until + 365, 1,
           CASE WHEN stage_after IN ('proposal', 'closed_won', 'closed_won_complete')
                  OR (stage = 'outreach' AND stage_after = 'discovery') THEN 1 ELSE 0 END, 0, 0
    FROM visit
    WHERE stage IN ('outreach', 'discovery') AND exited IS NOT NULL
    UNION ALL
    SELECT 'days_in_pipeline', deal, first, first + 365, 1, 0, us, 0 FROM lead_time
    UNION ALL
    SELECT 'days_in_discovery', deal,
           greatest(first, max(forgotten) OVER (PARTITION BY deal ORDER BY first, forgotten
                                                ROWS BETWEEN UNBOUNDED PRECEDING
                                                         AND 1 PRECEDING)),
           forgotten, 1, 0, 0, 0
    FROM discovery
    UNION ALL
    SELECT 'days_in_discovery', deal, first, until, 0, 0, -epoch_us(entered), 1 FROM discovery
    UNION ALL
    SELECT 'days_in_discovery', deal, until, forgotten, 0, 0,
           epoch_us(exited) - epoch_us(entered), 0
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
    SELECT metric, deal, greatest(first, day - farthest), least(until, day - nearest + 1),
           1, 0, 0, 0
    FROM running_out, (VALUES ('renewal_0_30', 0, 30), ('renewal_31_90', 31, 90),
                              ('renewal_91_180', 91, 180)) AS t(metric, nearest, farthest)),
placed AS (
    SELECT metric, coalesce(slice, 'neither') AS slice, greatest(s.first, t.first) AS first,
           least(s.until, t.until) AS until, n, hits, us, running
    FROM share s LEFT JOIN standing t USING (deal)
    UNION ALL
    SELECT 'meetings_per_week', slice, first, until, 1, 0, 0, 0 FROM meeting),

-- Of each day, the first asked date that sees it.
calendar AS MATERIALIZED (
    SELECT day, date
    FROM (SELECT unnest(generate_series(earliest, latest, INTERVAL 1 DAY))::DATE AS day FROM span)
    ASOF JOIN asked ON date >= day),
run AS (
    SELECT metric, slice, a.date AS first, u.date AS until, n, hits, us, running
    FROM placed p
    CROSS JOIN span
    JOIN calendar a ON a.day = greatest(p.first, earliest)
    LEFT JOIN calendar u ON u.day = greatest(p.until, earliest)
    WHERE p.first < p.until AND p.until > earliest AND a.date IS DISTINCT FROM u.date),
step AS (
    SELECT metric, slice, coalesce(first, until) AS date,
           CASE GROUPING(until) WHEN 1 THEN 1 ELSE -1 END AS sign,
           sign * sum(n) AS n, sign * sum(hits) AS hits, sign * sum(us) AS us,
           sign * sum(running) AS running
    FROM run
    GROUP BY GROUPING SETS ((metric, slice, first), (metric, slice, until))),
-- `all` is the deals of every slice and of none; meetings have theirs already.
sliced AS (
    SELECT metric, slice, date, n, hits, us, running
    FROM step
    WHERE slice <> 'neither'
    UNION ALL
    SELECT metric, 'all', date, n, hits, us, running
    FROM step
    WHERE metric <> 'meetings_per_week'
    UNION ALL
    SELECT m, s, date, 0, 0, 0, 0
    FROM asked, unnest(enum_range(NULL::metric)) AS m(m),
         unnest(['new', 'existing', 'all']) AS s(s)),
total AS (
    SELECT date, metric, slice, sum(sum(n)) OVER dates AS n, sum(sum(hits)) OVER dates AS hits,
           sum(sum(us)) OVER dates AS us, sum(sum(running)) OVER dates AS running
    FROM sliced
    WHERE date IS NOT NULL
    GROUP BY date, metric, slice
    WINDOW dates AS (PARTITION BY metric, slice ORDER BY date))
SELECT date, metric, slice,
       CASE WHEN metric IN ('outreach_email_open_rate', 'outreach_to_discovery',
                            'discovery_to_proposal')
            THEN CASE WHEN n > 0 THEN hits / n END
            WHEN metric IN ('days_in_pipeline', 'days_in_discovery')
            THEN CASE WHEN n > 0
                      THEN (us + running * (epoch_us(date + 1) - 1)) / 86400000000 / n END
            ELSE n END AS value,
       n
FROM total
ORDER BY date, metric, slice;
