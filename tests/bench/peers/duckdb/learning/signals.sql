-- All that was known of the deals when they entered discovery, key by key: what became of the deals
-- of each value, and how much the key tells. The tail of chi squared is left to who reads this.

WITH RECURSIVE
@DEAD@
@AT@
@ENTRIES@
property AS (
    SELECT deal, property AS key, arg_max(value, (occurred, seq)) AS value
    FROM (FROM property_set UNION ALL FROM property_told) JOIN member USING (deal)
    WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal, property),
qualified AS (
    SELECT deal, arg_max({'need': need, 'budget': budget, 'icp_fit': icp_fit,
                          'icp_version': icp_version}, (occurred, seq)) AS last
    FROM qualification JOIN member USING (deal)
    WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal),
lead AS (
    SELECT deal, arg_min({'campaign': campaign, 'channel': channel}, (occurred, seq)) AS first
    FROM lead_captured JOIN member USING (deal)
    WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal),
meeting AS (
    SELECT deal, meeting, arg_max({'outcome': outcome, 'starts': starts}, (occurred, seq)) AS last,
           any_value(begun) AS begun
    FROM meeting_logged JOIN member USING (deal)
    WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal, meeting),
held AS (
    SELECT deal, count(*) AS n
    FROM meeting
    WHERE last.outcome = 'completed' AND last.starts <= begun
    GROUP BY deal),
known AS MATERIALIZED (
    SELECT deal, key, value FROM property WHERE key <> 'icp_version'
    UNION ALL
    SELECT deal, 'icp_version', coalesce(nullif(p.value, ''), q.last.icp_version)
    FROM (FROM property WHERE key = 'icp_version') p FULL JOIN qualified q USING (deal)
    UNION ALL
    SELECT deal, unnest(['need', 'budget', 'icp_fit']),
           unnest([CASE WHEN last.need THEN 'yes' ELSE 'no' END,
                   CASE WHEN last.budget THEN 'yes' ELSE 'no' END,
                   CASE WHEN last.icp_fit THEN 'yes' ELSE 'no' END])
    FROM qualified
    UNION ALL
    SELECT deal, unnest(['campaign', 'channel']), unnest([first.campaign, first.channel]) FROM lead
    UNION ALL
    SELECT deal, 'arm:' || experiment, arg_min(arm, (occurred, seq))
    FROM enrolment JOIN member USING (deal)
    WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal, experiment
    UNION ALL
    SELECT deal, unnest(['month', 'quarter', 'year', 'meetings']),
           unnest([strftime(begun, '%Y-%m'), year(begun) || '-Q' || quarter(begun),
                   year(begun)::VARCHAR,
                   CASE WHEN n >= 3 THEN '3+' ELSE coalesce(n, 0)::VARCHAR END])
    FROM member LEFT JOIN held USING (deal)
    UNION ALL
    SELECT deal, 'opened', CASE WHEN o.deal IS NULL THEN 'no' ELSE 'yes' END
    FROM member LEFT JOIN (
        SELECT DISTINCT deal
        FROM email_opened JOIN member USING (deal)
        WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)) o USING (deal)
    UNION ALL
    SELECT deal, 'replied', CASE WHEN r.deal IS NULL THEN 'no' ELSE 'yes' END
    FROM member LEFT JOIN (
        SELECT DISTINCT deal
        FROM email_replied JOIN member USING (deal)
        WHERE occurred <= begun AND seq NOT IN (SELECT seq FROM dead)) r USING (deal)),
key AS MATERIALIZED (
    SELECT key, count(DISTINCT value) FILTER (value <> '')
                + (count(*) FILTER (value <> '') < (SELECT count(*) FROM member))::INTEGER
                AS value_n
    FROM (SELECT deal, key, value FROM known
          UNION ALL
          SELECT NULL, unnest(['need', 'budget', 'icp_fit', 'icp_version', 'icp', 'playbook',
                               'campaign', 'channel']), '')
    GROUP BY key),
counted AS MATERIALIZED (
    SELECT key, value,
           @COUNTED@
    FROM (SELECT k.key, coalesce(value, '') AS value, us, failed
          FROM member m CROSS JOIN (FROM key WHERE value_n BETWEEN 2 AND 50) k
          LEFT JOIN known v ON v.deal = m.deal AND v.key = k.key)
    GROUP BY key, value),
-- Values with under five resolved deals are one group.
grouped AS (
    SELECT key, sum(converted) AS converted, sum(failed) AS failed
    FROM counted
    GROUP BY key, CASE WHEN converted + failed >= 5 THEN value END, converted + failed >= 5
    HAVING sum(converted + failed) > 0),
whole AS (
    SELECT key, converted, failed, converted + failed AS n,
           sum(converted) OVER (PARTITION BY key) AS all_converted,
           sum(failed) OVER (PARTITION BY key) AS all_failed,
           all_converted + all_failed AS all_n
    FROM grouped),
weighed AS (
    SELECT key, count(*) - 1 AS freedom,
           any_value(-all_converted / all_n * ln(all_converted / all_n)
                     - all_failed / all_n * ln(all_failed / all_n))
           + sum((CASE WHEN converted > 0 THEN converted * ln(converted / n) ELSE 0 END
                  + CASE WHEN failed > 0 THEN failed * ln(failed / n) ELSE 0 END) / all_n)
               AS gain,
           any_value((all_n - 1) / all_n)
           * sum((converted - n * all_converted / all_n) ^ 2 / (n * all_converted / all_n)
                 + (failed - n * all_failed / all_n) ^ 2 / (n * all_failed / all_n)) AS distance
    FROM whole
    GROUP BY key)
SELECT 'row', c.key, value, value_n, freedom, gain, distance,
       @RATES@,
       converted / n / (SELECT count(us) / count(*) FROM member)
FROM counted c JOIN weighed USING (key) JOIN key k USING (key)
UNION ALL
SELECT CASE WHEN value_n < 2 THEN 'one' ELSE 'many' END, key, '', value_n, 0, 0, 0,
       NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM key
WHERE value_n NOT BETWEEN 2 AND 50;
