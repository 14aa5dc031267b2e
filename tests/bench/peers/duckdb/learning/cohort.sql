-- What became of the deals that entered discovery, by their tier as it was known then.

WITH RECURSIVE
@DEAD@
@AT@
@ENTRIES@
tier AS (
    SELECT deal, arg_max(value, (occurred, seq)) AS value
    FROM property_told JOIN member USING (deal)
    WHERE property = 'tier' AND occurred <= begun AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal),
counted AS (
    SELECT GROUPING(value) AS of_all, value,
           @COUNTED@
    FROM (SELECT coalesce(value, '') AS value, us, failed
          FROM member LEFT JOIN tier USING (deal))
    GROUP BY GROUPING SETS ((value), ()))
SELECT CASE of_all WHEN 1 THEN 'all' ELSE 'row' END, value,
       @RATES@,
       CASE of_all WHEN 0 THEN converted / n / (SELECT count(us) / count(*) FROM member) END,
       CASE of_all WHEN 1 THEN (SELECT count(*) FROM anchored WHERE NOT gone AND place IS NULL) END,
       CASE of_all WHEN 1 THEN (SELECT count(*) FROM anchored WHERE gone AND place IS NOT NULL) END
FROM counted;
