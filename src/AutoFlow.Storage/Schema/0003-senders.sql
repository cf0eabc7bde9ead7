-- Who wrote a message, to count a sender's messages; and messages of a burst that are read together with another.

ALTER TABLE inbox ADD COLUMN sender TEXT;
ALTER TABLE inbox ADD COLUMN read_with TEXT;
CREATE INDEX inbox_sender ON inbox (channel, sender, stored_at);
CREATE INDEX inbox_conversation ON inbox (conversation_id, seq) WHERE state = 'Received';
CREATE INDEX inbox_read_with ON inbox (read_with) WHERE read_with IS NOT NULL;
