-- What looks for one deal, meeting or experiment, and what the views join by.
CREATE UNIQUE INDEX days_by_date ON days (date);
CREATE INDEX standings_by_deal ON standings (deal, first_day);
CREATE INDEX visits_by_stage ON visits (stage, deal);
CREATE INDEX properties_by_deal ON properties (deal, property);
CREATE INDEX properties_by_value ON properties (property, value);
CREATE INDEX meetings_by_deal ON meetings (deal, starts);
CREATE INDEX meetings_by_meeting ON meetings (meeting);
CREATE INDEX emails_by_deal ON emails (deal, sent);
CREATE INDEX emails_by_stage ON emails (stage);
CREATE INDEX enrolments_by_deal ON enrolments (deal);
CREATE INDEX enrolments_by_experiment ON enrolments (experiment, arm);
CREATE INDEX anchors_by_key ON anchors (anchor, key, outcome);
CREATE INDEX findings_by_deal ON findings (deal);
CREATE INDEX events_by_deal ON events (deal, occurred);
CREATE INDEX events_by_kind ON events (kind, occurred);
CREATE UNIQUE INDEX events_by_id ON events (id);
-- A date without its day, and the day that ends it, would be in no row of a view.
CREATE TRIGGER asked_is_in_days BEFORE INSERT ON asked
WHEN NOT EXISTS (SELECT 1 FROM days d JOIN days n ON n.day = d.day + 1 WHERE d.date = NEW.date)
BEGIN
    SELECT RAISE(ABORT, 'asked: the table days lacks this date or the day after it');
END;
