-- The events of one deal, as they happened. Column statistics and compressed vectors make the scan
-- cheaper than a second index would be to keep.
SELECT occurred, seq, type, id, actor, body
FROM event
WHERE deal = '@DEAL@'
ORDER BY occurred, seq;
