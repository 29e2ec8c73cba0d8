-- What was counted of a day is forgotten with the addresses of that day.
CREATE INDEX usages_api_jour ON usages_api (jour);
