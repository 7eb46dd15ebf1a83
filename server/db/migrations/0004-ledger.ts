import { ddl } from '../ddl.ts'

export const up = ddl(`
create table activityForm (
  id text primary key, bureauId text not null references organization(id), label text not null, sortOrder integer not null,
  unique (bureauId, label)
);
create table entry (
  id text primary key, schoolId text not null references school(id), cycleId text references cycle(id),
  bureauId text not null references organization(id), state text not null, title text not null, happenedOn text not null,
  pillar text not null, formId text references activityForm(id), place text not null, content text not null,
  memberCount integer not null, teacherCount integer not null, pupilCount integer not null, parentCount integer not null,
  tags text not null, taskId text references task(id), feedback text not null, link text not null, isLate integer not null,
  frozenBy text, version integer not null, createdBy text not null references person(id), filedAt text, filedBy text references person(id),
  voidedAt text, voidedBy text references person(id), voidReason text, createdAt text not null, updatedAt text not null, deletedAt text
);
create index entrySchool on entry (schoolId, cycleId, deletedAt, happenedOn, id, state, pillar, formId, isLate);
create index entryCycle on entry (cycleId, deletedAt, state, happenedOn, id, pillar, formId, isLate, schoolId);
create index entryCycleFiled on entry (cycleId, deletedAt, state, filedAt, id);
create index entryTask on entry (taskId);
create table entryVersion (
  id text primary key, entryId text not null references entry(id), schoolId text not null, version integer not null,
  body text not null, reason text not null, personId text not null, createdAt text not null, unique (entryId, version)
)
`)
