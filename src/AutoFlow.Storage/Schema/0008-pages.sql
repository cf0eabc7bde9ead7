-- Replies are read in pages by time; without an index each page sorted all of them.

CREATE INDEX outbox_created ON outbox (created_at, seq);
