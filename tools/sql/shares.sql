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
SELECT a.date AS date, d.next_us - 1 AS as_of_us, d.means AS day
FROM asked a
JOIN (SELECT date, next_us,
             max(CASE WHEN begins_us < next_us THEN day END) OVER (ORDER BY day) AS means
      FROM (SELECT day, date, begins_us, lead(begins_us) OVER (ORDER BY day) AS next_us
            FROM days) n) d ON d.date = a.date;

-- Of each day, the first asked one that is not before it.
CREATE VIEW calendar AS
SELECT d.day AS day,
       min(CASE WHEN a.day = d.day THEN a.day END)
           OVER (ORDER BY d.day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS asked
FROM days d
LEFT JOIN (SELECT DISTINCT day FROM asked_days) a ON a.day = d.day;

-- Where a deal stands, by the slices that it is in then.
CREATE VIEW slice_standings AS
SELECT l.slice, s.*
FROM standings s
CROSS JOIN slices l
WHERE s.first_day < s.until_day AND (l.deal_type IS NULL OR l.deal_type = s.deal_type);

-- What the conditions of a metric name: how many deal types, and which properties.
CREATE VIEW metric_conditions AS
SELECT m.metric AS metric, count(CASE c.part WHEN 'deal_types' THEN 1 END) AS deal_types,
       count(CASE c.part || ' ' || c.member WHEN 'having deal_type' THEN 1 END)
           AS having_deal_type,
       count(CASE c.part || ' ' || c.member WHEN 'having contract_start' THEN 1 END)
           AS having_contract_start,
       count(CASE c.part || ' ' || c.member WHEN 'having contract_end' THEN 1 END)
           AS having_contract_end,
       count(CASE c.part || ' ' || c.member WHEN 'having mrr' THEN 1 END)
           AS having_mrr,
       count(CASE c.part || ' ' || c.member WHEN 'having renews' THEN 1 END)
           AS having_renews,
       count(CASE c.part || ' ' || c.member WHEN 'having parked_until' THEN 1 END)
           AS having_parked_until,
       count(CASE c.part || ' ' || c.member WHEN 'lacking deal_type' THEN 1 END)
           AS lacking_deal_type,
       count(CASE c.part || ' ' || c.member WHEN 'lacking contract_start' THEN 1 END)
           AS lacking_contract_start,
       count(CASE c.part || ' ' || c.member WHEN 'lacking contract_end' THEN 1 END)
           AS lacking_contract_end,
       count(CASE c.part || ' ' || c.member WHEN 'lacking mrr' THEN 1 END)
           AS lacking_mrr,
       count(CASE c.part || ' ' || c.member WHEN 'lacking renews' THEN 1 END)
           AS lacking_renews,
       count(CASE c.part || ' ' || c.member WHEN 'lacking parked_until' THEN 1 END)
           AS lacking_parked_until
FROM metric_rules m
LEFT JOIN metric_sets c ON c.metric = m.metric
GROUP BY m.metric;

-- The same as slice_standings where it meets them.
CREATE VIEW metric_standings AS
SELECT m.metric AS metric, s.*
FROM metric_conditions m
CROSS JOIN slice_standings s
LEFT JOIN metric_sets t ON t.metric = m.metric AND t.part = 'deal_types' AND t.member = s.deal_type
WHERE (m.deal_types = 0 OR t.metric = m.metric)
  AND (m.having_deal_type = 0 OR s.deal_type IS NOT NULL)
  AND (m.lacking_deal_type = 0 OR s.deal_type IS NULL)
  AND (m.having_contract_start = 0 OR s.contract_start IS NOT NULL)
  AND (m.lacking_contract_start = 0 OR s.contract_start IS NULL)
  AND (m.having_contract_end = 0 OR s.contract_end IS NOT NULL)
  AND (m.lacking_contract_end = 0 OR s.contract_end IS NULL)
  AND (m.having_mrr = 0 OR s.mrr IS NOT NULL)
  AND (m.lacking_mrr = 0 OR s.mrr IS NULL)
  AND (m.having_renews = 0 OR s.renews IS NOT NULL)
  AND (m.lacking_renews = 0 OR s.renews IS NULL)
  AND (m.having_parked_until = 0 OR s.parked_until IS NOT NULL)
  AND (m.lacking_parked_until = 0 OR s.parked_until IS NULL);

-- Visits to the stages that a part of a metric's rule names.
CREATE VIEW metric_visits AS
SELECT m.metric AS metric, m.kind, m.basis, m.contract, m.days_min, m.days_max,
       coalesce(m.window_days, 9999999) AS window_days, p.part, v.*
FROM metric_rules m
CROSS JOIN metric_sets p
CROSS JOIN visits v
WHERE p.metric = m.metric AND p.part IN ('stages', 'from', 'to', 'renewed_by')
  AND v.stage = p.member;

-- When a deal is renewed by another one that was won, as runs that do not meet.
CREATE VIEW renewed AS
SELECT metric, deal, first_day, until_day
FROM (SELECT w.metric, w.deal, w.until_day,
             MAX(w.first_day, coalesce(max(w.until_day) OVER (PARTITION BY w.metric, w.deal
                                                              ORDER BY w.first_day, w.until_day
                                                              ROWS BETWEEN UNBOUNDED PRECEDING
                                                                       AND 1 PRECEDING),
                                       w.first_day)) AS first_day
      FROM (SELECT v.metric, s.renews AS deal, MAX(v.first_day, s.first_day) AS first_day,
                   MIN(v.until_day, s.until_day) AS until_day
            FROM metric_visits v
            CROSS JOIN standings s
            WHERE v.part = 'renewed_by' AND s.deal = v.deal AND s.renews <> s.deal) w
      WHERE w.first_day < w.until_day) r
WHERE r.first_day < r.until_day;

-- Deals that are in some stages, and whose contract fits.
CREATE VIEW shares_count AS
WITH held AS MATERIALIZED (
    SELECT v.metric AS metric, s.slice, v.deal AS deal,
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
    SELECT v.metric AS metric, v.deal, v.first_day, v.first_day + v.window_days AS until_day
    FROM metric_visits v
    LEFT JOIN metric_sets p ON p.metric = v.metric AND p.part = 'stages'
                           AND p.member = v.stage_before
    WHERE v.kind = 'entries' AND v.part = 'stages' AND NOT v.observed
      AND coalesce(p.metric, '') <> v.metric),
entered AS (
    SELECT y.metric, y.deal, y.until_day,
           MAX(y.first_day, coalesce(max(y.until_day) OVER (PARTITION BY y.metric, y.deal
                                                            ORDER BY y.first_day, y.until_day
                                                            ROWS BETWEEN UNBOUNDED PRECEDING
                                                                     AND 1 PRECEDING),
                                     y.first_day)) AS first_day
    FROM entry y)
SELECT e.metric AS metric, s.slice, MAX(e.first_day, s.first_day) AS first_day,
       MIN(e.until_day, s.until_day) AS until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us,
       0 AS running
FROM entered e
CROSS JOIN metric_standings s
WHERE e.first_day < e.until_day AND s.metric = e.metric AND s.deal = e.deal;

-- Meetings that were held: each once in a slice, through however many deals.
CREATE VIEW shares_meetings AS
WITH held AS (
    SELECT m.metric AS metric, w.deal, w.meeting, MAX(w.first_day, w.starts_day) AS first_day,
           MIN(w.until_day, w.starts_day + coalesce(m.window_days, 9999999)) AS until_day
    FROM metric_rules m
    CROSS JOIN metric_sets o
    CROSS JOIN meetings w
    CROSS JOIN metric_sets p
    WHERE m.kind = 'meetings' AND o.metric = m.metric AND o.part = 'outcomes'
      AND w.outcome = o.member AND p.metric = m.metric
      AND p.part = CASE WHEN w.type IS NULL THEN 'stages' ELSE 'types' END
      AND p.member = coalesce(w.type, w.stage)),
attended AS (
    SELECT h.metric AS metric, s.slice, h.meeting, MAX(h.first_day, s.first_day) AS first_day,
           MIN(h.until_day, s.until_day) AS until_day
    FROM held h
    CROSS JOIN metric_standings s
    WHERE s.metric = h.metric AND s.deal = h.deal)
SELECT a.metric, a.slice,
       MAX(a.first_day, coalesce(max(a.until_day) OVER (PARTITION BY a.metric, a.slice, a.meeting
                                                        ORDER BY a.first_day, a.until_day
                                                        ROWS BETWEEN UNBOUNDED PRECEDING
                                                                 AND 1 PRECEDING),
                                 a.first_day)) AS first_day,
       a.until_day, 1 AS n, 0 AS hits, 0 AS days, 0 AS us, 0 AS running
FROM attended a
WHERE a.first_day < a.until_day;

-- E-mails that were sent while the deal was in some stages; a hit: opened.
CREATE VIEW shares_email_rate AS
WITH sent AS MATERIALIZED (
    SELECT e.opened_day, m.metric AS metric, s.slice,
           MAX(e.first_day, s.first_day) AS first_day,
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
    SELECT v.metric AS metric, v.deal, v.until_day AS first_day,
           v.until_day + v.window_days AS until_day,
           CASE WHEN p.metric = v.metric THEN v.until_day ELSE 9999999 END AS hit_day
    FROM metric_visits v
    LEFT JOIN metric_sets p ON p.metric = v.metric AND p.part = 'to' AND p.member = v.stage_after
    WHERE v.kind = 'conversion' AND v.basis = 'exits' AND v.part = 'from'
      AND v.exited IS NOT NULL),
entered AS (
    SELECT metric, deal, window_days, min(visit) AS visit, min(first_day) AS first_day
    FROM metric_visits
    WHERE kind = 'conversion' AND basis = 'cohort' AND part = 'from' AND NOT observed
    GROUP BY metric, deal, window_days),
cohort AS (
    SELECT e.metric AS metric, e.deal AS deal, e.first_day AS first_day,
           e.first_day + e.window_days AS until_day,
           min(CASE WHEN p.metric = e.metric THEN t.first_day ELSE 9999999 END) AS hit_day
    FROM entered e
    LEFT JOIN visits t ON t.deal = e.deal AND t.visit > e.visit
    LEFT JOIN metric_sets p ON p.metric = e.metric AND p.part = 'to' AND p.member = t.stage
    GROUP BY e.metric, e.deal, e.first_day, e.window_days),
attempt AS MATERIALIZED (
    SELECT metric, deal, first_day, until_day, hit_day FROM exits
    UNION ALL
    SELECT metric, deal, first_day, until_day, hit_day FROM cohort),
placed AS MATERIALIZED (
    SELECT a.metric AS metric, s.slice, MAX(a.first_day, s.first_day) AS first_day,
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
SELECT e.metric AS metric, s.slice, MAX(e.first_day, s.first_day) AS first_day,
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
    SELECT v.metric, v.deal, v.past_day AS until_day,
           MAX(v.first_day, coalesce(max(v.past_day) OVER (PARTITION BY v.metric, v.deal
                                                           ORDER BY v.first_day, v.past_day
                                                           ROWS BETWEEN UNBOUNDED PRECEDING
                                                                    AND 1 PRECEDING),
                                     v.first_day)) AS first_day,
           1 AS n, 0 AS days, 0 AS us, 0 AS running
    FROM visit v
    UNION ALL
    SELECT metric, deal, until_day, first_day, 0, -(entered_us / 86400000000),
           -(entered_us % 86400000000), 1
    FROM visit
    UNION ALL
    SELECT metric, deal, past_day, until_day, 0, (exited_us - entered_us) / 86400000000,
           (exited_us - entered_us) % 86400000000, 0
    FROM visit
    WHERE exited_us IS NOT NULL)
SELECT p.metric AS metric, s.slice, MAX(p.first_day, s.first_day) AS first_day,
       MIN(p.until_day, s.until_day) AS until_day, p.n, 0 AS hits, p.days, p.us, p.running
FROM part p
CROSS JOIN metric_standings s
WHERE p.first_day < p.until_day AND s.metric = p.metric AND s.deal = p.deal;
