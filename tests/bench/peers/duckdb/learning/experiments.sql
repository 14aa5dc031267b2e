-- What became of the deals of each arm of each experiment, from their first enrolment on, and how
-- far arms are from the control. Who is in the target at that moment is there already.

WITH RECURSIVE
@DEAD@
stage_told AS (
    SELECT deal, stage, occurred, seq,
           lag(stage) OVER (PARTITION BY deal ORDER BY occurred, seq) AS stage_before
    FROM stage_set
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)),
word AS (
    SELECT experiment, arg_max(metric, (occurred, seq)) AS metric,
           arg_max(target, (occurred, seq)) AS target
    FROM experiment
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY experiment),
gone AS (
    SELECT deal
    FROM presence_set
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal
    HAVING NOT arg_max(present, (occurred, seq))),
enrolled AS MATERIALIZED (
    SELECT experiment, deal, arg_min({'occurred': occurred, 'seq': seq, 'arm': arm},
                                     (occurred, seq)) AS first
    FROM enrolment
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY experiment, deal),
target AS (
    SELECT experiment,
           CASE metric
               WHEN 'outreach_to_discovery'
               THEN ['discovery', 'proposal', 'closed_won', 'closed_won_complete']
               WHEN 'discovery_to_proposal' THEN ['proposal', 'closed_won', 'closed_won_complete']
               ELSE ['closed_won', 'closed_won_complete'] END AS stages
    FROM (SELECT DISTINCT experiment FROM enrolled) LEFT JOIN word USING (experiment)),
followed AS (
    SELECT e.experiment, e.deal, any_value(first) AS first,
           arg_max(stage, (occurred, seq)) FILTER ((occurred, seq) <= (first.occurred, first.seq))
               AS stage_then,
           epoch_us(min(occurred) FILTER ((occurred, seq) > (first.occurred, first.seq)
                                          AND list_contains(stages, stage)))
               - epoch_us(any_value(first.occurred)) AS reached,
           arg_max(stage, (occurred, seq)) AS stage_now, any_value(stages) AS stages
    FROM enrolled e JOIN target USING (experiment)
         LEFT JOIN (FROM stage_told WHERE stage_before IS DISTINCT FROM stage) v USING (deal)
    GROUP BY e.experiment, e.deal),
member AS (
    SELECT experiment, first.arm AS arm, g.deal IS NOT NULL AS gone,
           NOT gone AND coalesce(list_contains(stages, stage_then), false) AS already,
           NOT gone AND NOT already AS counts,
           CASE WHEN counts THEN reached END AS us,
           counts AND us IS NULL AND stage_now IS NOT DISTINCT FROM 'closed_lost' AS failed
    FROM followed LEFT JOIN gone g USING (deal)),
counted AS MATERIALIZED (
    SELECT experiment, arm, GROUPING(arm) AS of_all, count(*) FILTER (already) AS already,
           count(*) FILTER (gone) AS gone, count(*) FILTER (counts) AS n, count(us) AS converted,
           count(*) FILTER (failed) AS failed, avg(us) / 86400000000 AS mean_days,
           quantile_cont(us, [0.5, 0.9]) AS middle
    FROM member
    GROUP BY GROUPING SETS ((experiment, arm), (experiment))),
arm AS MATERIALIZED (
    SELECT experiment, arm, n, converted, wilson(converted, n, -1) AS low,
           wilson(converted, n, 1) AS high, converted / n AS rate,
           coalesce(max(arm) FILTER (arm = 'control') OVER one,
                    min(arm) FILTER (arm <> '') OVER one) AS control
    FROM counted
    WHERE of_all = 0
    WINDOW one AS (PARTITION BY experiment)),
tried AS (
    SELECT experiment, sum(converted) / sum(n) >= try_cast(any_value(target) AS DOUBLE) AS met
    FROM arm JOIN word USING (experiment)
    WHERE arm NOT IN (control, '') AND n > 0
    GROUP BY experiment)
SELECT CASE of_all WHEN 1 THEN 'all' ELSE 'arm' END, experiment, coalesce(arm, ''), already,
       @RATES@,
       CASE of_all WHEN 1 THEN gone END, CASE of_all WHEN 1 THEN met END, ''
FROM counted LEFT JOIN tried USING (experiment)
UNION ALL
SELECT 'compare', a.experiment, a.arm, 0, 0, 0, 0, 0, a.rate - c.rate,
       a.rate - c.rate - sqrt((a.rate - a.low) ^ 2 + (c.high - c.rate) ^ 2),
       a.rate - c.rate + sqrt((a.high - a.rate) ^ 2 + (c.rate - c.low) ^ 2),
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, a.control
FROM arm a JOIN arm c ON c.experiment = a.experiment AND c.arm = c.control
WHERE a.arm NOT IN (a.control, '');
