-- Histories grow at the end of one table (an index finds an instance's turns), and what is only passed on between instances within one
-- commit is never written. Keys are given out by the engine, so that a later write can name a row of an earlier one that is not committed yet.

-- One row per turn of the present generation, in the order of the commits: what came in and what the orchestrator decided, as JSON arrays.
CREATE TABLE history (
  key      INTEGER PRIMARY KEY,
  instance INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  received TEXT    NOT NULL,
  decided  TEXT    NOT NULL
);
INSERT INTO history (instance, number, at, received, decided)
SELECT instance, number, at, received, decided FROM turn ORDER BY instance, number;
CREATE UNIQUE INDEX history_by_instance ON history (instance, number);
DROP TABLE turn;

-- Instances as before, with keys of the engine's. updated_at: of the last change that no turn made; turns have times of their own.
CREATE TABLE instance_next (
  key               INTEGER PRIMARY KEY,
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
INSERT INTO instance_next
SELECT key, id, name, version, generation, status, input, output, custom_status, failure, tags, parent, parent_generation, parent_task, created_at, updated_at
FROM instance ORDER BY key;

-- What waits for a turn and was not sent by a client that waits itself: what one instance sent to another and no commit has taken yet,
-- and what came before the instance could take it. Addressed by the id: the instance need not exist yet.
-- instance, generation: whose question it answers; null for what answers nothing. start: the instance that it starts, as JSON; null for others.
CREATE TABLE inbox_next (
  key        INTEGER PRIMARY KEY,
  id         TEXT    NOT NULL,
  instance   INTEGER,
  generation INTEGER,
  event      TEXT    NOT NULL,
  start      TEXT
);
INSERT INTO inbox_next (key, id, instance, generation, event)
SELECT m.key, i.id, CASE WHEN m.of_task THEN i.key END, CASE WHEN m.of_task THEN i.generation END, m.event
FROM inbox m JOIN instance i ON i.key = m.instance ORDER BY m.key;
DROP TABLE inbox;
ALTER TABLE inbox_next RENAME TO inbox;
CREATE INDEX inbox_by_id ON inbox (id, key);

-- Timers that have not fired. task -1: the start of an instance at a set time, with its first event.
CREATE TABLE timer_next (
  instance INTEGER NOT NULL,
  task     INTEGER NOT NULL,
  fire_at  INTEGER NOT NULL,
  event    TEXT,
  PRIMARY KEY (instance, task)
) WITHOUT ROWID;
INSERT INTO timer_next (instance, task, fire_at, event)
SELECT instance, coalesce(task, -1), fire_at, CASE WHEN task IS NULL THEN event END FROM timer ORDER BY key;
DROP TABLE timer;
ALTER TABLE timer_next RENAME TO timer;
CREATE INDEX timer_by_time ON timer (fire_at, instance, task);

-- Instances that wait for an activity. Which activities, their histories say: those without a result.
CREATE TABLE busy (instance INTEGER PRIMARY KEY);
INSERT INTO busy
SELECT DISTINCT a.instance FROM activity a JOIN instance i ON i.key = a.instance AND i.generation = a.generation WHERE i.status IN (0, 6, 7);

-- Activities whose instance has ended or started over: they still run, and nobody gets their results.
CREATE TABLE orphan (
  instance   INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  task       INTEGER NOT NULL,
  id         TEXT    NOT NULL,
  name       TEXT    NOT NULL,
  input      TEXT,
  trace      TEXT,
  PRIMARY KEY (instance, generation, task)
) WITHOUT ROWID;
INSERT INTO orphan
SELECT a.instance, a.generation, a.task, i.id, a.name, a.input, a.trace FROM activity a JOIN instance i ON i.key = a.instance
WHERE NOT (i.generation = a.generation AND i.status IN (0, 6, 7));
DROP TABLE activity;

DROP TABLE instance;
ALTER TABLE instance_next RENAME TO instance;
CREATE INDEX instance_by_parent ON instance (parent) WHERE parent IS NOT NULL;
