import { ddl } from '../ddl.ts'

export const up = ddl(`
create table seal (
  id text primary key, kind text not null, subjectId text not null, cycleId text, version integer not null, content text, digest text not null,
  madeBy text references person(id), createdAt text not null, liftedAt text, liftedBy text references person(id), liftedReason text not null,
  unique (kind, subjectId, version)
);
create index sealScope on seal (kind, cycleId);
create table panel (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id),
  method text not null, name text not null, schoolIds text not null, stage text not null, zoneId text references zone(id),
  createdAt text not null, updatedAt text not null, unique (cycleId, method, name)
);
create table panelReviewer (
  id text primary key, panelId text not null references panel(id), personId text not null references person(id), createdAt text not null,
  endedAt text, unique (panelId, personId)
);
create index panelReviewerPerson on panelReviewer (personId);
create table recusal (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), personId text not null references person(id),
  schoolId text not null references school(id), kind text not null, source text not null, reason text not null, createdAt text not null,
  unique (cycleId, personId, schoolId, kind)
);
create table scoreSheet (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), applicationId text not null references application(id),
  schoolId text not null references school(id), panelId text not null references panel(id), method text not null,
  reviewerId text not null references person(id), standardId text not null references standard(id), state text not null, scores text not null,
  remark text not null, total integer, declaredAt text, submittedAt text, returnReason text, excludeReason text,
  excludeAskedBy text references person(id), excludeAskedAt text, takenBackAt text, updatedAt text not null, createdAt text not null,
  unique (reviewerId, applicationId, method, standardId)
);
create index scoreSheetCycle on scoreSheet (cycleId, state);
create index scoreSheetApplication on scoreSheet (applicationId, method);
create table surveyRuling (
  id text primary key, cycleId text not null references cycle(id), applicationId text not null unique references application(id),
  reason text not null, personId text not null references person(id), createdAt text not null
);
create table adjustment (
  id text primary key, cycleId text not null references cycle(id), applicationId text not null references application(id), kind text not null,
  code text not null, points integer not null, reason text not null, enteredBy text not null references person(id), createdAt text not null,
  droppedAt text, droppedBy text references person(id), dropReason text
);
create index adjustmentApplication on adjustment (applicationId);
create table disagreementRuling (
  id text primary key, cycleId text not null references cycle(id), applicationId text not null references application(id), method text not null,
  reason text not null, personId text not null references person(id), createdAt text not null, unique (applicationId, method)
);
create table result (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), state text not null, ruleVersion text not null,
  inputsDigest text not null, body text not null, digest text not null, previousId text references result(id), moderation text not null,
  computedBy text references person(id), moderatedBy text references person(id),
  computedAt text not null, sealedAt text, sealedBy text references person(id), minutes text, decidedAt text,
  correctedAt text, correctionReason text not null
);
create index resultCycle on result (cycleId, state)
`)
