-- The events of one deal, as they happened: one walk over the index `event_of_deal`.
SELECT strftime('%Y-%m-%dT%H:%M:%S', occurred / 1000000, 'unixepoch')
           || printf('.%06dZ', occurred % 1000000) AS occurred,
       seq, type, id, actor, body
FROM event
WHERE deal = '@DEAL@'
ORDER BY event.occurred, seq;
