-- What each deal, meeting or e-mail adds to the metrics, and on which days.
--
-- A date stands for its last microsecond, and a window reaches back whole days: so whatever counts
-- counts on a run of days, first_day to until_day, which is not in it. A share is such a run, cut to
-- the days on which the deal is there, and to its slices. On these days it adds n, and of them hits;
-- to lengths so many whole days and microseconds, and `running` times the instant in question.
--
-- Rules are read from metric_rules and metric_sets. No window: since the beginning. Joins are written
-- as CROSS JOIN where SQLite is to take the tables in that order: it cannot know how few come first.

-- The dates, the day that each means, and its last microsecond. A day that a zone left out means
-- the one before it.
CREATE VIEW asked_days AS
SELECT a.date, n.begins_us - 1 AS as_of_us,
       (SELECT max(e.day) FROM days e WHERE e.day <= d.day AND e.begins_us < n.begins_us) AS day
FROM asked a
JOIN days d ON d.date = a.date
JOIN days n ON n.day = d.day + 1;

-- Of each day, the first asked one that is not before it.
CREATE VIEW calendar AS
SELECT d.day,
       min(a.day) OVER (ORDER BY d.day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS asked
FROM days d
LEFT JOIN (SELECT DISTINCT day FROM asked_days) a ON a.day = d.day;

-- Where a deal stands, by the slices that it is in then.
CREATE VIEW slice_standings AS
SELECT l.slice, s.*
FROM standings s
CROSS JOIN slices l
WHERE s.first_day < s.until_day AND (l.deal_type IS NULL OR l.deal_type = s.deal_type);

-- The same where it meets the conditions of a metric.
CREATE VIEW metric_standings AS
SELECT m.metric, s.*
FROM metric_rules m
CROSS JOIN slice_standings s
WHERE NOT EXISTS (
          SELECT 1 FROM metric_sets c
          WHERE c.metric = m.metric AND c.part = 'having'
            AND CASE c.member WHEN 'deal_type' THEN s.deal_type
                              WHEN 'contract_start' THEN s.contract_start
                              WHEN 'contract_end' THEN s.contract_end
                              WHEN 'mrr' THEN s.mrr
                              WHEN 'renews' THEN s.renews
                              WHEN 'parked_until' THEN s.parked_until END IS NULL)
  AND NOT EXISTS (
          SELECT 1 FROM metric_sets c
          WHERE c.metric = m.metric AND c.part = 'lacking'
            AND CASE c.member WHEN 'deal_type' THEN s.deal_type
                              WHEN 'contract_start' THEN s.contract_start
                              WHEN 'contract_end' THEN s.contract_end
                              WHEN 'mrr' THEN s.mrr
                              WHEN 'renews' THEN s.renews
                              WHEN 'parked_until' THEN s.parked_until END IS NOT NULL)
  AND (NOT EXISTS (SELECT 1 FROM metric_sets c
                   WHERE c.metric = m.metric AND c.part = 'deal_types')
       OR EXISTS (SELECT 1 FROM metric_sets c
                  WHERE c.metric = m.metric AND c.part = 'deal_types'
                    AND c.member = s.deal_type));

-- Visits to the stages that a part of a metric's rule names.
CREATE VIEW metric_visits AS
SELECT m.metric, m.kind, m.basis, m.contract, m.days_min, m.days_max,
       coalesce(m.window_days, 9999999) AS window_days, p.part, v.*
FROM metric_rules m
CROSS JOIN metric_sets p
CROSS JOIN visits v
WHERE p.metric = m.metric AND p.part IN ('stages', 'from', 'to', 'renewed_by')
  AND v.stage = p.member;

-- When a deal is renewed by another one that was won, as runs that do not meet.
CREATE VIEW renewed AS
SELECT metric, deal, first_day, until_day
FROM (SELECT metric, deal, until_day,
             MAX(first_day, coalesce(max(until_day) OVER (PARTITION BY metric, deal
                                                          ORDER BY first_day, until_day
                                                          ROWS BETWEEN UNBOUNDED PRECEDING
                                                                   AND 1 PRECEDING),
                                     first_day)) AS first_day
      FROM (SELECT v.metric, s.renews AS deal, MAX(v.first_day, s.first_day) AS first_day,
                   MIN(v.until_day, s.until_day) AS until_day
            FROM metric_visits v
            CROSS JOIN standings s
            WHERE v.part = 'renewed_by' AND s.deal = v.deal AND s.renews <> s.deal)
      WHERE first_day < until_day)
WHERE first_day < until_day;

-- Deals that are in some stages, and whose contract fits.
CREATE VIEW shares_count AS
WITH held AS MATERIALIZED (
    SELECT v.metric, s.slice, v.deal,
           MAX(v.first_day, s.first_day,
               CASE v.contract WHEN 'active' THEN s.contract_start_day
                               WHEN 'overdue' THEN s.contract_end_day + 1
                               WHEN 'ends_in' THEN s.contract_end_day - v.days_max
                               ELSE v.first_day END) AS first_day,
           MIN(v.until_day, s.until_day,
               CASE v.contract WHEN 'active' THEN s.contract_end_day + 1
                               WHEN 'overdue' THEN d.service_ended_day
                               WHEN 'ends_in' THEN s.contract_end_day - v.days_min + 1
                               ELSE v.until_day END) AS until_day
    FROM metric_visits v
    CROSS JOIN metric_standings s
    CROSS JOIN deals d
    WHERE v.kind = 'count' AND v.part = 'stages'
      AND s.metric = v.metric AND s.deal = v.deal AND d.deal = v.deal
      AND (v.contract = 'any' OR s.contract_end_day IS NOT NULL)
      AND (v.contract <> 'active' OR s.contract_start_day IS NOT NULL))
SELECT metric, slice, first_day, until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us, 0 AS running
FROM held
UNION ALL
SELECT h.metric, h.slice, MAX(h.first_day, r.first_day), MIN(h.until_day, r.until_day),
       -1, 0, 0, 0, 0
FROM held h
JOIN renewed r ON r.metric = h.metric AND r.deal = h.deal
WHERE h.first_day < h.until_day;

-- Deals that came into some stages from outside of them: each once, however often.
CREATE VIEW shares_entries AS
WITH entry AS (
    SELECT v.metric, v.deal, v.first_day, v.first_day + v.window_days AS until_day
    FROM metric_visits v
    WHERE v.kind = 'entries' AND v.part = 'stages' AND NOT v.observed
      AND NOT EXISTS (SELECT 1 FROM metric_sets p
                      WHERE p.metric = v.metric AND p.part = 'stages'
                        AND p.member = v.stage_before)),
entered AS (
    SELECT metric, deal, until_day,
           MAX(first_day, coalesce(max(until_day) OVER (PARTITION BY metric, deal
                                                        ORDER BY first_day, until_day
                                                        ROWS BETWEEN UNBOUNDED PRECEDING
                                                                 AND 1 PRECEDING),
                                   first_day)) AS first_day
    FROM entry)
SELECT e.metric, s.slice, MAX(e.first_day, s.first_day) AS first_day,
       MIN(e.until_day, s.until_day) AS until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us,
       0 AS running
FROM entered e
CROSS JOIN metric_standings s
WHERE e.first_day < e.until_day AND s.metric = e.metric AND s.deal = e.deal;

-- Meetings that were held: each once in a slice, through however many deals.
CREATE VIEW shares_meetings AS
WITH held AS (
    SELECT m.metric, w.deal, w.meeting, MAX(w.first_day, w.starts_day) AS first_day,
           MIN(w.until_day, w.starts_day + coalesce(m.window_days, 9999999)) AS until_day
    FROM metric_rules m
    CROSS JOIN metric_sets o
    CROSS JOIN meetings w
    WHERE m.kind = 'meetings' AND o.metric = m.metric AND o.part = 'outcomes'
      AND w.outcome = o.member
      AND EXISTS (SELECT 1 FROM metric_sets p
                  WHERE p.metric = m.metric
                    AND p.part = CASE WHEN w.type IS NULL THEN 'stages' ELSE 'types' END
                    AND p.member = coalesce(w.type, w.stage))),
attended AS (
    SELECT h.metric, s.slice, h.meeting, MAX(h.first_day, s.first_day) AS first_day,
           MIN(h.until_day, s.until_day) AS until_day
    FROM held h
    CROSS JOIN metric_standings s
    WHERE s.metric = h.metric AND s.deal = h.deal)
SELECT metric, slice,
       MAX(first_day, coalesce(max(until_day) OVER (PARTITION BY metric, slice, meeting
                                                    ORDER BY first_day, until_day
                                                    ROWS BETWEEN UNBOUNDED PRECEDING
                                                             AND 1 PRECEDING),
                               first_day)) AS first_day,
       until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us, 0 AS running
FROM attended
WHERE first_day < until_day;

-- E-mails that were sent while the deal was in some stages; a hit: opened.
CREATE VIEW shares_email_rate AS
WITH sent AS MATERIALIZED (
    SELECT e.opened_day, m.metric, s.slice, MAX(e.first_day, s.first_day) AS first_day,
           MIN(e.until_day, e.first_day + coalesce(m.window_days, 9999999),
               s.until_day) AS until_day
    FROM metric_rules m
    CROSS JOIN metric_sets p
    CROSS JOIN emails e
    CROSS JOIN metric_standings s
    WHERE m.kind = 'email_rate' AND p.metric = m.metric AND p.part = 'stages'
      AND e.stage = p.member AND s.metric = m.metric AND s.deal = e.deal)
SELECT metric, slice, first_day, until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us, 0 AS running
FROM sent
UNION ALL
SELECT metric, slice, MAX(first_day, opened_day), until_day, 0, 1, 0, 0, 0
FROM sent;

-- Visits that were left, or by cohort the deals that entered; a hit: converted.
CREATE VIEW shares_conversion AS
WITH exits AS (
    SELECT v.metric, v.deal, v.until_day AS first_day, v.until_day + v.window_days AS until_day,
           CASE WHEN EXISTS (SELECT 1 FROM metric_sets p
                             WHERE p.metric = v.metric AND p.part = 'to'
                               AND p.member = v.stage_after)
                THEN v.until_day ELSE 9999999 END AS hit_day
    FROM metric_visits v
    WHERE v.kind = 'conversion' AND v.basis = 'exits' AND v.part = 'from'
      AND v.exited IS NOT NULL),
entered AS (
    SELECT metric, deal, window_days, min(visit) AS visit, min(first_day) AS first_day
    FROM metric_visits
    WHERE kind = 'conversion' AND basis = 'cohort' AND part = 'from' AND NOT observed
    GROUP BY metric, deal, window_days),
cohort AS (
    SELECT e.metric, e.deal, e.first_day, e.first_day + e.window_days AS until_day,
           coalesce((SELECT min(t.first_day)
                     FROM visits t
                     WHERE t.deal = e.deal AND t.visit > e.visit
                       AND EXISTS (SELECT 1 FROM metric_sets p
                                   WHERE p.metric = e.metric AND p.part = 'to'
                                     AND p.member = t.stage)), 9999999) AS hit_day
    FROM entered e),
attempt AS MATERIALIZED (
    SELECT metric, deal, first_day, until_day, hit_day FROM exits
    UNION ALL
    SELECT metric, deal, first_day, until_day, hit_day FROM cohort),
placed AS MATERIALIZED (
    SELECT a.metric, s.slice, MAX(a.first_day, s.first_day) AS first_day,
           MIN(a.until_day, s.until_day) AS until_day, a.hit_day
    FROM attempt a
    CROSS JOIN metric_standings s
    WHERE s.metric = a.metric AND s.deal = a.deal)
SELECT metric, slice, first_day, until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us, 0 AS running
FROM placed
UNION ALL
SELECT metric, slice, MAX(first_day, hit_day), until_day, 0, 1, 0, 0, 0
FROM placed;

-- From a deal's first entry into some stages to that into others.
CREATE VIEW shares_lead_time AS
WITH entry AS MATERIALIZED (
    SELECT metric, deal, window_days, min(CASE part WHEN 'from' THEN entered_us END) AS begun_us,
           min(CASE part WHEN 'to' THEN entered_us END) AS ended_us,
           min(CASE part WHEN 'to' THEN first_day END) AS first_day
    FROM metric_visits
    WHERE kind = 'lead_time' AND part IN ('from', 'to') AND NOT observed
    GROUP BY metric, deal, window_days)
SELECT e.metric, s.slice, MAX(e.first_day, s.first_day) AS first_day,
       MIN(e.first_day + e.window_days, s.until_day) AS until_day, 1 AS n, 0 AS hits,
       (e.ended_us - e.begun_us) / 86400000000 AS days,
       (e.ended_us - e.begun_us) % 86400000000 AS us, 0 AS running
FROM entry e
CROSS JOIN metric_standings s
WHERE e.begun_us <= e.ended_us AND s.metric = e.metric AND s.deal = e.deal;

-- What deals spent in some stages: each deal once, its visits added up whole, while they are open
-- and as long after as the window has them.
CREATE VIEW shares_time_in_stage AS
WITH visit AS MATERIALIZED (
    SELECT v.metric, v.deal, v.first_day, v.until_day, v.entered_us, v.exited_us,
           CASE WHEN v.exited IS NULL THEN v.until_day
                ELSE v.until_day + v.window_days END AS past_day
    FROM metric_visits v
    WHERE v.kind = 'time_in_stage' AND v.part = 'stages' AND NOT v.observed),
part AS (
    SELECT metric, deal, past_day AS until_day,
           MAX(first_day, coalesce(max(past_day) OVER (PARTITION BY metric, deal
                                                       ORDER BY first_day, past_day
                                                       ROWS BETWEEN UNBOUNDED PRECEDING
                                                                AND 1 PRECEDING),
                                   first_day)) AS first_day,
           1 AS n, 0 AS days, 0 AS us, 0 AS running
    FROM visit
    UNION ALL
    SELECT metric, deal, until_day, first_day, 0, -(entered_us / 86400000000),
           -(entered_us % 86400000000), 1
    FROM visit
    UNION ALL
    SELECT metric, deal, past_day, until_day, 0, (exited_us - entered_us) / 86400000000,
           (exited_us - entered_us) % 86400000000, 0
    FROM visit
    WHERE exited_us IS NOT NULL)
SELECT p.metric, s.slice, MAX(p.first_day, s.first_day) AS first_day,
       MIN(p.until_day, s.until_day) AS until_day, p.n, 0 AS hits, p.days, p.us, p.running
FROM part p
CROSS JOIN metric_standings s
WHERE p.first_day < p.until_day AND s.metric = p.metric AND s.deal = p.deal;
