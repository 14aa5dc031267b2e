-- A retraction counts unless one that counts retracts it. An event and all that hangs on it are a
-- tree; walk each from its event down to the first leaf and back: `counts` is null on the way down,
-- and what is known of the spot on the way up. One that counts settles what it retracts.
first_retraction AS (
    SELECT target AS seq, min(seq) AS child FROM retraction GROUP BY target),
node AS MATERIALIZED (
    SELECT seq, target, child, lead(seq) OVER (PARTITION BY target ORDER BY seq) AS sibling
    FROM retraction LEFT JOIN first_retraction USING (seq)),
walk AS (
    SELECT seq AS root, child AS spot, NULL::BOOLEAN AS counts
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
    FROM walk JOIN node ON node.seq = walk.spot),
dead AS MATERIALIZED (SELECT root AS seq FROM walk WHERE spot = root AND NOT counts),
