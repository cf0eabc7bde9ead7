-- What calls of a model in the cloud cost. Forms as in 0001: times and amounts are TEXT. No text of a message is kept here.

INSERT INTO counters (name, value) VALUES ('model_calls', 0);

CREATE TABLE model_calls (
  id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  inbox_id TEXT NOT NULL,
  deployment TEXT NOT NULL,
  model TEXT,
  outcome TEXT NOT NULL,
  input_tokens BIGINT NOT NULL,
  cached_tokens BIGINT NOT NULL,
  output_tokens BIGINT NOT NULL,
  cost TEXT,
  currency TEXT,
  milliseconds BIGINT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX model_calls_inbox ON model_calls (inbox_id, seq);
