-- What people corrected, and the models that learnt from it. Forms as in 0001. The text of a correction has no personal data.

INSERT INTO counters (name, value) VALUES ('corrections', 0), ('models', 0);

CREATE TABLE corrections (
  inbox_id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  intent TEXT NOT NULL,
  said TEXT NOT NULL,
  said_probability TEXT NOT NULL,
  said_by TEXT NOT NULL,
  language TEXT NOT NULL,
  text TEXT NOT NULL,
  corrected_by TEXT NOT NULL,
  note TEXT,
  at TEXT NOT NULL
);

CREATE TABLE models (
  version TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  seeds_version TEXT NOT NULL,
  seeds INTEGER NOT NULL,
  lessons TEXT NOT NULL,
  corrections_up_to BIGINT NOT NULL,
  trained_with TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  requested_at TEXT NOT NULL,
  measured_at TEXT,
  frozen_set TEXT,
  evaluation TEXT,
  comparison TEXT,
  reasons TEXT NOT NULL,
  adopted_at TEXT,
  adopted_by TEXT
);
CREATE UNIQUE INDEX models_adopted ON models (state) WHERE state = 'Adopted';
CREATE INDEX models_training ON models (requested_at) WHERE state = 'Training';
