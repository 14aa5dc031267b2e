-- All of a deal as of a date. Successive events with one stage are one visit, which is observed if
-- the first of them is; `place` is its number.
stage_told AS (
    SELECT deal, stage, observed, occurred, seq,
           lag(stage) OVER (PARTITION BY deal ORDER BY occurred, seq) AS stage_before
    FROM stage_set
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)),
visit AS MATERIALIZED (
    SELECT deal, stage, observed, occurred AS entered, seq, row_number() OVER later AS place,
           lead(occurred) OVER later AS exited, lead(stage) OVER later AS stage_after
    FROM stage_told
    WHERE stage_before IS DISTINCT FROM stage
    WINDOW later AS (PARTITION BY deal ORDER BY occurred, seq)),
gone AS MATERIALIZED (
    SELECT deal
    FROM presence_set
    WHERE occurred < DATE '@DATE@' + 1 AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal
    HAVING NOT arg_max(present, (occurred, seq))),
-- The last type by then, else the first one after: people type it in long after it was true.
typed AS MATERIALIZED (
    SELECT deal,
           coalesce(arg_max(value, (occurred, seq)) FILTER (occurred < DATE '@DATE@' + 1),
                    arg_min(value, (occurred, seq))) AS type
    FROM property_set
    WHERE property = 'deal_type' AND seq NOT IN (SELECT seq FROM dead)
    GROUP BY deal),
