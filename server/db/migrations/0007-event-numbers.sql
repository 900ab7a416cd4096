-- Events that still wait for their number: few at any time, and found without reading the others.
CREATE INDEX document_unnumbered_event ON document (id) WHERE type = 'contactEvent' AND body ->> 'number' IS NULL;
