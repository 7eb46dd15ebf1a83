import { ddl } from '../ddl.ts'

/** What was registered of a promise and taken back stays on record; a school may ask for more time to mend something; an argumentation record takes several files. */
export const up = ddl(`
create table promiseOutcome (
  id text primary key, rootId text not null, schoolId text not null references school(id), state text not null, explanation text not null,
  fileId text references file(id), decidedAt text, takenBackAt text not null, takenBackBy text references person(id), reason text not null
);
create index promiseOutcomeRoot on promiseOutcome (rootId, takenBackAt);
alter table rectification add column askedDueOn text;
alter table rectification add column askedReason text;
alter table rectification add column extensionAnswer text;
insert into evidence (id, schoolId, subjectType, subjectId, fileId, caption, sortOrder, createdAt, isPublic)
  select id, schoolId, 'argumentation', id, fileId, '', 1, createdAt, 0 from argumentation where fileId is not null;
alter table argumentation drop column fileId
`)
