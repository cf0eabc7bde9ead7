-- What ran when a process died, and how often that has happened: an orchestrator's turn (task -1) or an activity. One that takes the
-- process with it each time is set aside.
CREATE TABLE suspect (
  id         TEXT    NOT NULL,
  generation INTEGER NOT NULL,
  task       INTEGER NOT NULL,
  deaths     INTEGER NOT NULL,
  PRIMARY KEY (id, generation, task)
) WITHOUT ROWID;
