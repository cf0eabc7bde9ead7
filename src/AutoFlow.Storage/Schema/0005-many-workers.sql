-- What several workers must know of each other: who is sending a reply, which messages are put off on purpose, and until when
-- a model asked us to wait. Forms as in 0001.

ALTER TABLE outbox ADD COLUMN lease_owner TEXT;
ALTER TABLE outbox ADD COLUMN leased_until TEXT;
ALTER TABLE inbox ADD COLUMN put_off_until TEXT;

CREATE TABLE model_waits (
  deployment TEXT NOT NULL PRIMARY KEY,
  until TEXT NOT NULL
);
