-- Queues, timers and keys of the host. Moments are UTC ticks (100 ns), so that they compare as integers.

CREATE TABLE queue (
  name TEXT PRIMARY KEY,
  metadata TEXT NOT NULL -- JSON object of strings
) WITHOUT ROWID;

CREATE TABLE queue_message (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of arrival
  queue TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  pop_receipt TEXT NOT NULL,
  body TEXT NOT NULL, -- as it was sent, encoded
  inserted_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  visible_at INTEGER NOT NULL,
  dequeue_count INTEGER NOT NULL
);

CREATE INDEX queue_message_by_visibility ON queue_message (queue, visible_at, seq);

CREATE TABLE timer_status (
  function TEXT PRIMARY KEY,
  last TEXT NOT NULL, -- ISO 8601, UTC
  next TEXT NOT NULL,
  last_updated TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE function_key (
  scope TEXT NOT NULL, -- a function's name, or empty for the keys of the host
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (scope, name)
) WITHOUT ROWID;
