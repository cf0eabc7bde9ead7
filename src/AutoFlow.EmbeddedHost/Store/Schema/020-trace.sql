-- The trace that an activity belongs to: JSON of its instance's trace; null when nothing was traced.
ALTER TABLE activity ADD COLUMN trace TEXT;
