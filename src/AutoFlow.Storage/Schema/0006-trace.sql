-- The trace that a message or a reply belongs to (W3C Trace Context, traceparent), so that whoever takes it up goes on with it.
-- Null when nothing was traced.

ALTER TABLE inbox ADD COLUMN trace_parent TEXT;
ALTER TABLE outbox ADD COLUMN trace_parent TEXT;
