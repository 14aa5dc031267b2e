-- The deals that entered discovery, each at its first entry, with what became of it from there on.
-- `us` is how long it took to get where it was meant to. Deals that were only found there are left
-- out, and so are those that are gone.
anchor AS (
    SELECT deal, min(place) FILTER (NOT observed) AS place,
           min(entered) FILTER (NOT observed) AS begun
    FROM visit
    WHERE stage = 'discovery'
    GROUP BY deal),
anchored AS MATERIALIZED (
    SELECT a.deal, a.place, a.begun, g.deal IS NOT NULL AS gone
    FROM anchor a JOIN typed USING (deal) LEFT JOIN gone g ON g.deal = a.deal
    WHERE type = 'newbusiness'),
member AS MATERIALIZED (
    SELECT a.deal, a.begun,
           epoch_us(min(v.entered) FILTER (v.place > a.place AND v.stage IN
                        ('proposal', 'closed_won', 'closed_won_complete')))
               - epoch_us(a.begun) AS us,
           us IS NULL AND arg_max(v.stage, v.place) = 'closed_lost' AS failed
    FROM anchored a JOIN visit v ON v.deal = a.deal AND v.place >= a.place
    WHERE a.place IS NOT NULL AND NOT a.gone
    GROUP BY a.deal, a.begun),
