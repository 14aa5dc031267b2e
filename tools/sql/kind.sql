-- The metrics of a kind at every date and in every slice. A share adds at the first asked day in its
-- run, and takes away at the first one after it; sums of that over the days are the figures.
CREATE VIEW metric_@KIND@ AS
WITH dated AS MATERIALIZED (SELECT date, day, as_of_us FROM asked_days),
span AS (SELECT min(day) AS earliest, max(day) AS latest FROM dated),
seen AS MATERIALIZED (
    SELECT c.day, c.asked
    FROM span x
    CROSS JOIN calendar c
    WHERE c.day >= x.earliest AND c.asked IS NOT NULL),
share AS MATERIALIZED (
    SELECT s.metric, s.slice, MAX(s.first_day, x.earliest) AS first_day, s.until_day, s.n, s.hits,
           s.days, s.us, s.running
    FROM span x
    CROSS JOIN shares_@KIND@ s
    WHERE s.first_day < s.until_day AND s.first_day <= x.latest AND s.until_day > x.earliest),
run AS MATERIALIZED (
    SELECT s.metric, s.slice, a.asked AS first_day, u.asked AS until_day, s.n, s.hits, s.days, s.us,
           s.running
    FROM share s
    JOIN seen a ON a.day = s.first_day
    LEFT JOIN seen u ON u.day = s.until_day
    WHERE u.asked IS NULL OR u.asked <> a.asked),
step AS (
    SELECT metric, slice, first_day AS day, n, hits, days, us, running FROM run
    UNION ALL
    SELECT metric, slice, until_day, -n, -hits, -days, -us, -running
    FROM run
    WHERE until_day IS NOT NULL
    UNION ALL
    SELECT m.metric, l.slice, a.day, 0, 0, 0, 0, 0
    FROM metric_rules m
    CROSS JOIN (SELECT DISTINCT slice FROM slices) l
    CROSS JOIN (SELECT DISTINCT day FROM dated) a
    WHERE m.kind = '@KIND@'),
total AS (
    SELECT metric, slice, day, sum(sum(n)) OVER dates AS n, sum(sum(hits)) OVER dates AS hits,
           sum(sum(days)) OVER dates AS days, sum(sum(us)) OVER dates AS us,
           sum(sum(running)) OVER dates AS running
    FROM step
    GROUP BY metric, slice, day
    WINDOW dates AS (PARTITION BY metric, slice ORDER BY day)),
figure AS (
    SELECT a.date, t.slice, t.metric AS metric, m.measure, t.n, t.hits,
           t.days + t.running * (a.as_of_us / 86400000000) AS days,
           t.us + t.running * (a.as_of_us % 86400000000) AS us
    FROM dated a
    JOIN total t ON t.day = a.day
    JOIN metric_rules m ON m.metric = t.metric),
counted AS (
    SELECT date, slice, metric, measure, n, hits, 1.0 * hits / nullif(n, 0) AS rate,
           days + us / 86400000000 + (us % 86400000000) / 86400000000.0 AS days,
           1.959963984540054 AS z
    FROM figure)
SELECT date, slice, metric,
       CASE measure WHEN 'count' THEN n WHEN 'rate' THEN rate ELSE days / nullif(n, 0) END AS value,
       n,
       CASE measure WHEN 'rate' THEN hits WHEN 'days' THEN days END AS numerator,
       CASE measure WHEN 'count' THEN NULL ELSE n END AS denominator,
       CASE WHEN measure <> 'rate' OR n = 0 THEN NULL
            WHEN hits = 0 THEN 0.0
            ELSE (rate + z * z / (2 * n) - z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)))
                 / (1 + z * z / n) END AS low,
       CASE WHEN measure <> 'rate' OR n = 0 THEN NULL
            WHEN hits = n THEN 1.0
            ELSE (rate + z * z / (2 * n) + z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n)))
                 / (1 + z * z / n) END AS high
FROM counted;
