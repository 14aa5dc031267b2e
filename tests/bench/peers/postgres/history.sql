-- The events of one deal, as they happened: one walk over the index `event_of_deal`.
SELECT occurred, seq, type, id, actor, body
FROM event
WHERE deal = '@DEAL@'
ORDER BY occurred, seq;
