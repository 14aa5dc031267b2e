-- What came into the sales-qualified stages in a quarter, and what went out of them, and how.

WITH RECURSIVE
@DEAD@
stage_told AS (
    SELECT deal, stage, occurred, seq,
           lag(stage) OVER (PARTITION BY deal ORDER BY occurred, seq) AS stage_before
    FROM stage_set
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)),
staged AS (
    SELECT deal, arg_max(stage, (occurred, seq)) FILTER (occurred < DATE '@BEFORE@' + 1) AS before,
           arg_max(stage, (occurred, seq)) AS after,
           bool_or(occurred < DATE '@BEFORE@' + 1
                   AND stage IN ('outreach', 'discovery', 'renewals', 'proposal')) AS was_in
    FROM stage_told
    WHERE stage_before IS DISTINCT FROM stage
    GROUP BY deal),
presence AS (
    SELECT deal, NOT arg_max(present, (occurred, seq)) FILTER (occurred < DATE '@BEFORE@' + 1)
                     AS gone_before,
           NOT arg_max(present, (occurred, seq)) AS gone_after
    FROM presence_set
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal),
typed AS (
    SELECT deal,
           coalesce(arg_max(value, (occurred, seq)) FILTER (occurred < DATE '@BEFORE@' + 1),
                    arg_min(value, (occurred, seq))) AS type_before,
           coalesce(arg_max(value, (occurred, seq)) FILTER (occurred < DATE '@DATE@' + 1),
                    arg_min(value, (occurred, seq))) AS type_after
    FROM property_set
    WHERE property = 'deal_type' AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal),
standing AS MATERIALIZED (
    SELECT deal, coalesce(gone_before, false) AS gone_before,
           coalesce(gone_after, false) AS gone_after,
           NOT coalesce(gone_before, false) AND type_before = 'newbusiness' AS there_before,
           NOT coalesce(gone_after, false) AND type_after = 'newbusiness' AS there_after,
           before AS stage_before, after AS stage_after, coalesce(was_in, false) AS was_in,
           there_before AND stage_before IN ('outreach', 'discovery', 'renewals', 'proposal')
               IS TRUE AS in_before,
           there_after AND stage_after IN ('outreach', 'discovery', 'renewals', 'proposal')
               IS TRUE AS in_after,
           CASE WHEN there_before THEN coalesce(before, '') ELSE '' END AS move_from,
           CASE WHEN there_after THEN coalesce(after, '') ELSE '' END AS move_to
    FROM typed LEFT JOIN staged USING (deal) LEFT JOIN presence USING (deal)),
kind AS (
    SELECT CASE WHEN in_before AND in_after
                THEN CASE sign(list_position(o, stage_after) - list_position(o, stage_before))
                         WHEN 1 THEN 'stayed.advanced'
                         WHEN -1 THEN 'stayed.regressed'
                         ELSE 'stayed.same' END
                WHEN in_after
                THEN CASE WHEN gone_before THEN 'in.restored'
                          WHEN NOT was_in THEN 'in.new'
                          WHEN list_contains(o, stage_before) THEN 'in.reclassified'
                          ELSE 'in.returned' END
                WHEN gone_after THEN 'out.gone'
                WHEN list_contains(o, stage_after) THEN 'out.reclassified'
                WHEN stage_after IN ('closed_won', 'closed_won_complete') THEN 'out.won'
                WHEN stage_after = 'closed_lost' THEN 'out.lost'
                ELSE 'out.elsewhere' END AS kind
    FROM standing, (SELECT ['outreach', 'discovery', 'renewals', 'proposal'] AS o)
    WHERE in_before OR in_after),
-- Of those without a stage, who is there at all: from its first event on, of any kind.
unstaged AS (
    SELECT deal
    FROM standing
    WHERE move_from = '' AND move_to = '' AND (there_before OR there_after)),
begun AS (
    SELECT d.deal, min(e.occurred) AS occurred
    FROM event e JOIN deal d ON d.name = e.deal
    WHERE d.deal IN (SELECT deal FROM unstaged) AND e.seq NOT IN (SELECT seq FROM dead)
    GROUP BY d.deal),
move AS (
    SELECT move_from, move_to, count(*) AS n
    FROM standing LEFT JOIN begun USING (deal)
    WHERE CASE WHEN move_from <> '' OR move_to <> '' THEN there_before OR there_after
               ELSE there_before AND occurred < DATE '@BEFORE@' + 1
                    OR there_after AND occurred < DATE '@DATE@' + 1 END
    GROUP BY move_from, move_to)
SELECT 'kind', kind, '', count(*) FROM kind GROUP BY kind
UNION ALL
SELECT 'move', move_from, move_to, n FROM move
UNION ALL
SELECT 'sum', unnest(['before', 'after']), '',
       unnest([count(*) FILTER (in_before), count(*) FILTER (in_after)])
FROM standing;
