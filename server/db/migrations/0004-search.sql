-- Words and keys by which documents are searched, written a moment after them by the centre itself; the place reached is the setting `searchIndexed`.
CREATE TABLE document_search (
  type text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  words tsvector NOT NULL,
  PRIMARY KEY (type, id)
);
CREATE INDEX document_search_words ON document_search USING gin (words);
