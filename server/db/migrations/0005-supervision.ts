import { ddl } from '../ddl.ts'

export const up = ddl(`
create table visit (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id),
  schoolId text not null references school(id), personId text not null references person(id), kind text not null, visitedOn text not null,
  saw text not null, advised text not null, followUp text not null, createdAt text not null, updatedAt text not null
);
create index visitSchool on visit (schoolId, visitedOn);
create index visitCycle on visit (cycleId, visitedOn);
create table inspection (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id),
  title text not null, basis text not null, startsOn text not null, endsOn text not null, checklist text not null,
  choice text not null, state text not null, createdAt text not null, updatedAt text not null, closedAt text
);
create index inspectionCycle on inspection (cycleId);
create table inspectionSchool (
  id text primary key, inspectionId text not null references inspection(id), schoolId text not null references school(id),
  inspectorId text references person(id), inspectedOn text, answers text not null, remark text not null, unique (inspectionId, schoolId)
);
create index inspectionSchoolSchool on inspectionSchool (schoolId);
create table finding (
  id text primary key, inspectionId text not null references inspection(id), schoolId text not null references school(id),
  bureauId text not null, cycleId text not null references cycle(id), content text not null, severity text not null, state text not null,
  preliminary text not null, reply text not null, repliedAt text, opinion text not null, issuedAt text, withdrawnReason text,
  recordedBy text not null references person(id), createdAt text not null
);
create index findingSchool on finding (schoolId, state);
create index findingInspection on finding (inspectionId);
create table rectification (
  id text primary key, findingId text not null references finding(id), schoolId text not null references school(id),
  bureauId text not null, cycleId text not null references cycle(id), requirement text not null, dueOn text not null, state text not null,
  round integer not null, escalation integer not null, issuedAt text not null, issuedBy text not null references person(id),
  acknowledgedAt text, plan text not null, report text not null, reportedAt text, reportedBy text references person(id),
  verifiedAt text, verifiedBy text references person(id), verdict text not null, extendedReason text not null, closedAt text
);
create index rectificationSchool on rectification (schoolId, state, dueOn);
create index rectificationCycle on rectification (cycleId, state, dueOn);
create table event (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id),
  kind text not null, title text not null, startsAt text not null, endsAt text not null, place text not null, agenda text not null,
  hostSchoolId text references school(id), state text not null, outcome text not null, publishedAt text, createdAt text not null, updatedAt text not null
);
create index eventCycle on event (cycleId, startsAt);
create table eventSchool (
  id text primary key, eventId text not null references event(id), schoolId text not null references school(id), state text not null,
  attendees text not null, respondedAt text, checkedInAt text, unique (eventId, schoolId)
);
create index eventSchoolSchool on eventSchool (schoolId);
create table article (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id), schoolId text references school(id),
  kind text not null, title text not null, body text not null, authorName text not null, coverFileId text references file(id),
  state text not null, submittedAt text, readAt text, adoptedLevel text, adoptedAt text, publishedAt text, returnReason text,
  withdrawnReason text, createdBy text not null references person(id), createdAt text not null, updatedAt text not null
);
create index articleBureau on article (bureauId, state, publishedAt);
create index articleSchool on article (schoolId)
`)
