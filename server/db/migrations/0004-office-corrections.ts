import { ddl } from '../ddl.ts'

/**
 * A closed school may name its successor; a zone can be given up; a visit knows who wrote it down for somebody else; a published
 * article can be corrected, with what it said before.
 */
export const up = ddl(`
alter table school add column successorId text references school(id);
create index schoolRetired on school (bureauId) where retiredAt is not null;
create index schoolSuccessor on school (successorId) where successorId is not null;
alter table zone add column retiredAt text;
alter table visit add column recordedBy text references person(id);
create table articleChange (
  id text primary key, articleId text not null references article(id), before text not null, reason text not null,
  personId text not null references person(id), createdAt text not null
);
create index articleChangeArticle on articleChange (articleId)
`)
