-- Instances in the order of their creation. Times are UTC ticks (100 ns since 0001-01-01).
-- status: the number of Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.
-- generation: grows each time the instance starts over; what an earlier generation asked for is not delivered to a later one.
-- parent: the key of the calling instance, with its generation and the number of the call.
CREATE TABLE instance (
  key               INTEGER PRIMARY KEY AUTOINCREMENT,
  id                TEXT    NOT NULL UNIQUE,
  name              TEXT    NOT NULL,
  version           TEXT,
  generation        INTEGER NOT NULL,
  status            INTEGER NOT NULL,
  input             TEXT,
  output            TEXT,
  custom_status     TEXT,
  failure           TEXT,
  tags              TEXT,
  parent            INTEGER,
  parent_generation INTEGER,
  parent_task       INTEGER,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL
);
CREATE INDEX instance_by_parent ON instance (parent) WHERE parent IS NOT NULL;

-- One row per turn of the present generation: what came in and what the orchestrator decided, as JSON arrays of events.
CREATE TABLE turn (
  instance INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  received TEXT    NOT NULL,
  decided  TEXT    NOT NULL,
  PRIMARY KEY (instance, number)
) WITHOUT ROWID;

-- What waits for an instance's next turn, in the order of the keys. of_task: answers something that the present generation asked for.
CREATE TABLE inbox (
  key      INTEGER PRIMARY KEY AUTOINCREMENT,
  instance INTEGER NOT NULL,
  of_task  INTEGER NOT NULL,
  event    TEXT    NOT NULL
);
CREATE INDEX inbox_by_instance ON inbox (instance, key);

-- Activities without a recorded result. Recording the result removes the row, so that there is one result only.
CREATE TABLE activity (
  key        INTEGER PRIMARY KEY AUTOINCREMENT,
  instance   INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  task       INTEGER NOT NULL,
  name       TEXT    NOT NULL,
  input      TEXT
);
CREATE INDEX activity_by_instance ON activity (instance);

-- Timers that have not fired, with the event that they bring. task is null for the start of an instance at a set time.
CREATE TABLE timer (
  key      INTEGER PRIMARY KEY AUTOINCREMENT,
  instance INTEGER NOT NULL,
  task     INTEGER,
  fire_at  INTEGER NOT NULL,
  event    TEXT    NOT NULL
);
CREATE INDEX timer_by_time ON timer (fire_at, key);
CREATE INDEX timer_by_instance ON timer (instance, task);
