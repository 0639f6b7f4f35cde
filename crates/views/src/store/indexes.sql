-- Indexes that only questions and ticks need: a file that is built at a stretch gets them at its end, sorted, which
-- costs a fraction of keeping them in order all the while.

CREATE INDEX community_parent ON community (parent) WHERE parent IS NOT NULL;
CREATE INDEX request_number ON request (number);
CREATE INDEX request_filed ON request (filed_at);
CREATE INDEX request_rates ON request
  (community, filed_at, seq, facts, ballots, satisfied, struck, fact_unit, grid, category, channel);
CREATE INDEX request_state ON request (community, state, filed_at);
CREATE INDEX request_due ON request (community, state, due_at);
CREATE INDEX request_channel ON request (community, channel, filed_at);
CREATE INDEX request_grid ON request (grid, filed_at) WHERE grid IS NOT NULL;
CREATE INDEX request_category ON request (community, category, filed_at) WHERE category IS NOT NULL;
CREATE INDEX request_alarm ON request (community, alarm, filed_at) WHERE alarm IS NOT NULL;
CREATE INDEX request_pooled ON request (community) WHERE pooled IS NOT NULL;
CREATE INDEX request_next_light ON request (next_light_at) WHERE next_light_at IS NOT NULL;
CREATE INDEX signer_person ON signer (person);
