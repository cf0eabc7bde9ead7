-- Whether the instance that a message is marked for has it: a process that is killed between the two leaves a row that stands still.
-- And how many workers did not survive sending a reply.

ALTER TABLE inbox ADD COLUMN handed_over BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE inbox SET handed_over = TRUE WHERE state = 'Routed';
ALTER TABLE outbox ADD COLUMN lost_turns INTEGER NOT NULL DEFAULT 0;
CREATE INDEX inbox_marked ON inbox (seq) WHERE state = 'Routed' AND NOT handed_over AND read_with IS NULL;
