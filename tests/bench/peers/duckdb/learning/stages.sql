-- How fast deals get through each stage, where they go, how many are there and how many stall: the
-- last year, and what is open at its end. Lengths of what was left are added up a deal.

WITH RECURSIVE
@DEAD@
@AT@
span AS (
    SELECT epoch_us(DATE '@DATE@' + 1) - 1 AS till, epoch_us(DATE '@DATE@' + 1 - 365) - 1 AS since),
parked AS (
    SELECT deal
    FROM property_told
    WHERE property = 'parked_until' AND occurred < DATE '@DATE@' + 1
      AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal
    HAVING try_cast(arg_max(value, (occurred, seq)) AS DATE) > DATE '@DATE@'),
seen AS MATERIALIZED (
    SELECT deal, stage, observed, stage_after, exited IS NULL AS open,
           epoch_us(entered) AS enter_us, coalesce(epoch_us(exited), till) AS leave_us,
           NOT observed AND enter_us > since AS entered_in,
           NOT open AND leave_us > since AS left_in,
           leave_us - enter_us AS us,
           greatest(leave_us - greatest(enter_us, since), 0) AS within_us
    FROM visit v JOIN typed USING (deal) CROSS JOIN span
    WHERE type = 'newbusiness' AND deal NOT IN (SELECT deal FROM gone)
      AND stage IN ('enrichment', 'outreach', 'discovery', 'renewals', 'proposal', 'closed_won',
                    'closed_lost', 'closed_won_complete')),
timed AS (
    SELECT stage, count(*) AS n, avg(us) AS mean, quantile_cont(us, [0.5, 0.9]) AS middle
    FROM (SELECT stage, sum(us) AS us FROM seen WHERE left_in AND NOT observed GROUP BY stage, deal)
    GROUP BY stage),
told AS (
    SELECT stage, count(*) FILTER (open) AS now,
           count(*) FILTER (open AND us > 30 * 86400000000 AND p.deal IS NULL AND stage IN
               ('enrichment', 'outreach', 'discovery', 'renewals', 'proposal')) AS stalled,
           count(*) FILTER (entered_in) AS entered,
           count(*) FILTER (left_in) AS exited,
           median(us) FILTER (open) AS middle_open, max(us) FILTER (open) AS oldest,
           arg_max(deal, us) FILTER (open) AS oldest_deal, sum(within_us) / 86400000000 AS days
    FROM seen LEFT JOIN parked p USING (deal)
    GROUP BY stage),
slowest AS (
    SELECT arg_max(stage, days / greatest(1, exited)) AS stage
    FROM told
    WHERE days > 0
      AND stage IN ('enrichment', 'outreach', 'discovery', 'renewals', 'proposal')),
went AS (
    SELECT stage, stage_after, count(*) AS n FROM seen WHERE left_in GROUP BY stage, stage_after)
SELECT 'stage', t.stage, '', now, stalled, entered, exited, coalesce(n, 0), mean / 86400000000,
       middle[1] / 86400000000, middle[2] / 86400000000, now, middle_open / 86400000000,
       oldest / 86400000000, name, days
FROM told t LEFT JOIN timed USING (stage) LEFT JOIN deal ON deal.deal = oldest_deal
UNION ALL
SELECT 'next', stage, stage_after, n, 0, 0, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL
FROM went
UNION ALL
SELECT 'bottleneck', stage, '', 0, 0, 0, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL
FROM slowest;
