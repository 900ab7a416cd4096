-- Roles and branches that the session began with: when the user's own become others, it ends, so that his desk works by the new ones. Empty: not known.
ALTER TABLE session ADD COLUMN rights text NOT NULL DEFAULT '';
