-- Every metric at every date, in every slice: one view a kind, put together.
CREATE VIEW metrics AS
SELECT * FROM metric_count
UNION ALL SELECT * FROM metric_entries
UNION ALL SELECT * FROM metric_meetings
UNION ALL SELECT * FROM metric_email_rate
UNION ALL SELECT * FROM metric_conversion
UNION ALL SELECT * FROM metric_lead_time
UNION ALL SELECT * FROM metric_time_in_stage;
