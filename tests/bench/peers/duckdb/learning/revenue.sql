-- What contracts and open opportunities are worth in 36 months and in the next six, to a millionth;
-- the shares that were won; and which members of half a year ago were kept. Amounts are counted in
-- millionths, and rounded once a deal and civil month.

WITH RECURSIVE
@DEAD@
@AT@
term AS (
    SELECT deal, property,
           coalesce(arg_max(value, (occurred, seq)) FILTER (occurred < DATE '@DATE@' + 1),
                    arg_min(value, (occurred, seq))) AS value
    FROM (FROM property_set WHERE property <> 'deal_type' UNION ALL
          FROM property_told
          WHERE property IN ('mrr', 'amount', 'target_start', 'target_end', 'company'))
    WHERE seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal, property),
day AS (
    SELECT deal, property, try_cast(value AS DATE) AS day
    FROM term
    WHERE property IN ('contract_start', 'contract_end', 'target_start', 'target_end')
      AND regexp_full_match(value, '\d{4}-\d\d-\d\d')),
dated AS (
    SELECT deal, any_value(day) FILTER (property = 'contract_start') AS contract_start,
           any_value(day) FILTER (property = 'contract_end') AS contract_end,
           any_value(day) FILTER (property = 'target_start') AS target_start,
           any_value(day) FILTER (property = 'target_end') AS target_end
    FROM day
    GROUP BY deal),
valued AS (
    SELECT deal, any_value(millionths) FILTER (property = 'mrr') AS mrr,
           any_value(millionths) FILTER (property = 'amount') AS amount
    FROM (SELECT deal, property,
                 (try_cast(value AS DECIMAL(18, 6)) * 1000000)::HUGEINT AS millionths
          FROM term
          WHERE property IN ('mrr', 'amount') AND regexp_full_match(value, '-?\d{1,12}(\.\d+)?'))
    GROUP BY deal),
staged AS MATERIALIZED (
    SELECT deal, arg_max(stage, place) AS stage, min(place) FILTER (stage IN
               ('outreach', 'discovery', 'renewals', 'proposal')) AS qualified
    FROM visit
    WHERE deal NOT IN (SELECT deal FROM gone)
    GROUP BY deal),
standing AS MATERIALIZED (
    SELECT deal, stage IN ('closed_won', 'closed_won_complete') AS won,
           CASE type WHEN 'existingbusiness' THEN 'renewal' WHEN 'newbusiness' THEN 'new'
                     ELSE 'other' END AS part,
           contract_start, contract_end,
           coalesce(mrr, amount) AS millionths, mrr IS NOT NULL AS monthly,
           CASE WHEN target_start IS NULL OR target_end IS NULL THEN contract_start
                ELSE target_start END AS start_open,
           CASE WHEN target_start IS NULL OR target_end IS NULL THEN contract_end
                ELSE target_end END AS end_open
    FROM staged LEFT JOIN typed USING (deal) LEFT JOIN dated USING (deal)
         LEFT JOIN valued USING (deal)
    WHERE stage IN ('outreach', 'discovery', 'renewals', 'proposal', 'closed_won',
                    'closed_won_complete')),
interval_of AS (
    SELECT 'cmrr' AS part, millionths, monthly, contract_start AS first, contract_end AS last,
           contract_end - contract_start + 1 AS days
    FROM standing
    WHERE won
    UNION ALL
    SELECT part, millionths, monthly, greatest(start_open, DATE '@DATE@' + 1), end_open,
           end_open - start_open + 1
    FROM standing
    WHERE NOT won AND start_open IS NOT NULL),  -- which greatest() would leave out, not be null of
-- The months that are asked, and those of which a part lies in the six that come.
span AS (
    SELECT 'row' AS what, month::DATE AS first, (month + INTERVAL 1 MONTH)::DATE - 1 AS last
    FROM range(DATE '@FROM@-01', DATE '@TO@-01' + INTERVAL 1 MONTH, INTERVAL 1 MONTH) t(month)
    UNION ALL
    SELECT 'six', greatest(month::DATE, DATE '@DATE@' + 1),
           least((month + INTERVAL 1 MONTH)::DATE - 1, (DATE '@DATE@' + INTERVAL 6 MONTH)::DATE)
    FROM range(date_trunc('month', DATE '@DATE@' + 1),
               DATE '@DATE@' + INTERVAL 6 MONTH + INTERVAL 1 DAY, INTERVAL 1 MONTH) t(month)),
worth AS (
    SELECT what, s.first AS month, part,
           half_even(millionths * (least(i.last, s.last) - greatest(i.first, s.first) + 1),
                     CASE WHEN monthly THEN day(last_day(s.first)) ELSE days END) AS millionths
    FROM interval_of i JOIN span s ON s.first <= i.last AND s.last >= i.first
    WHERE i.first <= i.last AND i.millionths IS NOT NULL),
month AS (
    SELECT what, month,
           coalesce(sum(millionths) FILTER (part = 'cmrr'), 0)::HUGEINT AS cmrr,
           coalesce(sum(millionths) FILTER (part = 'renewal'), 0)::HUGEINT AS renewal,
           coalesce(sum(millionths) FILTER (part = 'new'), 0)::HUGEINT AS new,
           coalesce(sum(millionths) FILTER (part = 'other'), 0)::HUGEINT AS other,
           cmrr + half_even(renewal * 8, 10) + half_even(new * 3, 10) AS fmrr
    FROM (SELECT what, month, part, millionths FROM worth
          UNION ALL SELECT what, first, NULL, NULL FROM span)
    GROUP BY what, month),
closed AS (
    SELECT deal, arg_min(stage, place) AS stage, min(entered) AS entered
    FROM visit JOIN (SELECT deal, qualified FROM staged) USING (deal)
    WHERE place > qualified AND NOT observed
      AND stage IN ('closed_won', 'closed_won_complete', 'closed_lost')
    GROUP BY deal),
share AS (
    SELECT CASE type WHEN 'newbusiness' THEN 'eta' ELSE 'rho' END AS name, count(*) AS n,
           count(*) FILTER (stage <> 'closed_lost') AS converted
    FROM closed JOIN typed USING (deal)
    WHERE entered >= DATE '@DATE@' + 1 - 365 AND type IN ('newbusiness', 'existingbusiness')
    GROUP BY name),
ago AS (
    SELECT deal, property, try_cast(value AS DATE) AS day
    FROM (SELECT deal, property,
                 coalesce(arg_max(value, (occurred, seq))
                              FILTER (occurred < (DATE '@DATE@' - INTERVAL 6 MONTH)::DATE + 1),
                          arg_min(value, (occurred, seq))) AS value
          FROM property_set
          WHERE property IN ('contract_start', 'contract_end') AND seq NOT IN (SELECT seq FROM dead)
          GROUP BY deal, property)
    WHERE regexp_full_match(value, '\d{4}-\d\d-\d\d')),
was_active AS (
    SELECT deal
    FROM (SELECT deal, arg_max(stage, place) AS stage
          FROM visit
          WHERE entered < (DATE '@DATE@' - INTERVAL 6 MONTH)::DATE + 1
          GROUP BY deal)
    JOIN (SELECT deal, any_value(day) FILTER (property = 'contract_start') AS start,
                 any_value(day) FILTER (property = 'contract_end') AS till
          FROM ago
          GROUP BY deal) USING (deal)
    WHERE stage = 'closed_won' AND (DATE '@DATE@' - INTERVAL 6 MONTH)::DATE BETWEEN start AND till
      AND deal NOT IN (SELECT deal
                       FROM presence_set
                       WHERE occurred < (DATE '@DATE@' - INTERVAL 6 MONTH)::DATE + 1
                         AND seq NOT IN (SELECT seq FROM dead)
                       GROUP BY deal
                       HAVING NOT arg_max(present, (occurred, seq)))),
renewed AS (
    SELECT d.deal
    FROM term t JOIN deal d ON d.name = t.value JOIN staged s ON s.deal = t.deal
    WHERE t.property = 'renews' AND t.deal <> d.deal
      AND s.stage IN ('closed_won', 'closed_won_complete')),
member AS (
    SELECT coalesce(nullif(value, ''), s.deal::VARCHAR || '/') AS name,
           bool_or(w.deal IS NOT NULL) AS was_active,
           bool_or(stage = 'closed_won' AND (contract_start > DATE '@DATE@'
                   OR DATE '@DATE@' BETWEEN contract_start AND contract_end)) AS kept,
           bool_or(stage = 'closed_won' AND contract_end < DATE '@DATE@'
                   AND s.deal NOT IN (SELECT deal FROM renewed)
                   AND s.deal NOT IN (SELECT deal
                                      FROM service_ended
                                      WHERE occurred < DATE '@DATE@' + 1
                                        AND seq NOT IN (SELECT seq FROM dead))) AS overdue,
           bool_or(coalesce(value, '') = '') AS nameless
    FROM staged s LEFT JOIN dated USING (deal) LEFT JOIN was_active w USING (deal)
         LEFT JOIN (FROM term WHERE property = 'company') c USING (deal)
    WHERE stage = 'closed_won' OR w.deal IS NOT NULL
    GROUP BY name)
SELECT 'row', strftime(month, '%Y-%m'), cmrr, renewal, new, other, fmrr
FROM month
WHERE what = 'row'
UNION ALL
SELECT 'six', '', 0, 0, 0, 0, sum(fmrr) FROM month WHERE what = 'six'
UNION ALL
SELECT 'share', name, n, converted, 0, 0, 0 FROM share
UNION ALL
SELECT 'members', '', count(*), count(*) FILTER (kept), count(*) FILTER (NOT kept AND overdue),
       count(*) FILTER (NOT kept AND NOT overdue), count(*) FILTER (nameless)
FROM (SELECT coalesce(kept, false) AS kept, coalesce(overdue, false) AS overdue, nameless
      FROM member
      WHERE was_active)
UNION ALL
SELECT 'without', '',
       count(*) FILTER (millionths IS NULL
                        AND CASE WHEN won THEN contract_end - contract_start
                                 ELSE end_open - start_open END IS NOT NULL),
       count(*) FILTER (NOT won AND (start_open IS NULL OR end_open IS NULL)), 0, 0, 0
FROM standing;
