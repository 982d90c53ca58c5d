-- What runs out goes from the phones of others. Their own records stay with a family for years, long past that day, and a sweep
-- that has to pass by all of them takes longer every year.
DROP INDEX rows_by_expiry;
CREATE INDEX rows_by_expiry ON rows(author, expires_on, audience, device, number) WHERE expires_on IS NOT NULL;
