-- Purges by age read what they name, not the whole table.
CREATE INDEX instance_by_creation ON instance (created_at);
