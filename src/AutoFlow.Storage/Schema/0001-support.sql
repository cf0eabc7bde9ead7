-- The support data. Only words that SQLite and PostgreSQL both know: TEXT, INTEGER, BIGINT, BOOLEAN, partial indexes.
-- Times are TEXT in UTC, yyyy-MM-ddTHH:mm:ss.fffffffZ, so that they sort as text. Amounts are TEXT, exact decimals.
-- Nested data is JSON in TEXT. A script that was released is never changed: add the next number.

CREATE TABLE counters (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES
  ('inbox', 0), ('conversations', 0), ('tickets', 1000), ('outbox', 0), ('ledger', 0), ('journal', 0),
  ('definitions', 0), ('pushes', 0), ('notifications', 0), ('events', 0);

CREATE TABLE inbox (
  id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  message_id TEXT NOT NULL,
  message TEXT NOT NULL,
  state TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  understood TEXT,
  conversation_id TEXT,
  instance_id TEXT,
  workflow TEXT,
  reason TEXT,
  as_event BOOLEAN NOT NULL,
  UNIQUE (channel, message_id)
);
CREATE INDEX inbox_received ON inbox (seq) WHERE state = 'Received';
CREATE INDEX inbox_instance ON inbox (instance_id, seq);

CREATE TABLE conversations (
  id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  channel TEXT NOT NULL,
  customer_address TEXT NOT NULL,
  customer_name TEXT,
  language TEXT,
  subject TEXT,
  open_instance_id TEXT,
  last_message_id TEXT,
  last_message_at TEXT NOT NULL
);
CREATE INDEX conversations_customer ON conversations (channel, customer_address, last_message_at);

CREATE TABLE conversation_threads (
  channel TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  PRIMARY KEY (channel, thread_id)
);

CREATE TABLE conversation_messages (
  inbox_id TEXT NOT NULL PRIMARY KEY,
  channel TEXT NOT NULL,
  message_id TEXT NOT NULL,
  conversation_id TEXT NOT NULL REFERENCES conversations (id)
);
CREATE INDEX conversation_messages_id ON conversation_messages (channel, message_id);

CREATE TABLE conversation_orders (
  conversation_id TEXT NOT NULL REFERENCES conversations (id),
  order_number TEXT NOT NULL,
  PRIMARY KEY (conversation_id, order_number)
);
CREATE INDEX conversation_orders_number ON conversation_orders (order_number);

CREATE TABLE tickets (
  number TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  idempotency_key TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  state TEXT NOT NULL,
  priority TEXT NOT NULL,
  department TEXT NOT NULL,
  subject TEXT NOT NULL,
  summary TEXT NOT NULL,
  conversation_id TEXT,
  instance_id TEXT NOT NULL,
  order_number TEXT,
  amount TEXT,
  currency TEXT,
  opened_at TEXT NOT NULL,
  due_at TEXT,
  decided_at TEXT,
  decided_by TEXT,
  note TEXT
);
CREATE INDEX tickets_instance ON tickets (instance_id, seq);
CREATE INDEX tickets_state ON tickets (state, department, seq);

CREATE TABLE outbox (
  key TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  state TEXT NOT NULL,
  conversation_id TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  "to" TEXT NOT NULL,
  in_reply_to TEXT,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  paragraphs TEXT NOT NULL,
  language TEXT NOT NULL,
  held_because TEXT,
  created_at TEXT NOT NULL,
  sent_at TEXT,
  attempts INTEGER NOT NULL,
  receipt TEXT,
  error TEXT,
  proactive BOOLEAN NOT NULL
);
CREATE INDEX outbox_instance ON outbox (instance_id, seq);
CREATE INDEX outbox_conversation ON outbox (conversation_id, seq);
CREATE INDEX outbox_state ON outbox (state, created_at, seq);

CREATE TABLE ledger (
  key TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  order_number TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount TEXT NOT NULL,
  currency TEXT NOT NULL,
  state TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  allowed_by TEXT NOT NULL,
  created_at TEXT NOT NULL,
  reference TEXT,
  released_because TEXT
);
CREATE INDEX ledger_order ON ledger (order_number, seq);

CREATE TABLE journal (
  key TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  instance_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  at TEXT NOT NULL
);
CREATE INDEX journal_instance ON journal (instance_id, at, seq);

CREATE TABLE definitions (
  hash TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  namespace TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  text TEXT NOT NULL,
  resources TEXT NOT NULL,
  published_at TEXT NOT NULL,
  UNIQUE (namespace, name, version)
);

CREATE TABLE pushes (
  key TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  body TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  done_at TEXT
);
CREATE INDEX pushes_open ON pushes (seq) WHERE done_at IS NULL;

CREATE TABLE notifications (
  key TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  subscription_id TEXT NOT NULL,
  user_id TEXT,
  resource_id TEXT NOT NULL,
  change_key TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  done_at TEXT
);
CREATE INDEX notifications_open ON notifications (seq) WHERE done_at IS NULL;

CREATE TABLE events (
  key TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL UNIQUE,
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  stored_at TEXT NOT NULL,
  done_at TEXT
);
CREATE INDEX events_open ON events (seq) WHERE done_at IS NULL;
CREATE INDEX events_done ON events (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX events_type ON events (type, seq);

CREATE TABLE subscriptions (
  instance_id TEXT NOT NULL,
  type TEXT NOT NULL,
  PRIMARY KEY (instance_id, type)
);
CREATE INDEX subscriptions_type ON subscriptions (type);
