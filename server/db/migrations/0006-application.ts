import { ddl } from '../ddl.ts'

export const up = ddl(`
create table summary (
  id text primary key, schoolId text not null references school(id), cycleId text not null references cycle(id),
  bureauId text not null references organization(id), state text not null, achievements text not null, problems text not null,
  nextSteps text not null, facts text not null, signedAt text, signedBy text references person(id), acceptedAt text, returnReason text,
  digest text, createdAt text not null, updatedAt text not null, unique (schoolId, cycleId)
);
create index summaryCycle on summary (cycleId, state);
create table application (
  id text primary key, schoolId text not null references school(id), cycleId text not null references cycle(id),
  bureauId text not null references organization(id), state text not null, highlights text not null, entryIds text not null,
  frozen text, digest text, receiptNumber text unique, submittedAt text, submittedBy text references person(id), reason text,
  completeUntil text, createdAt text not null, updatedAt text not null, unique (schoolId, cycleId)
);
create index applicationCycle on application (cycleId, state);
create table breach (
  id text primary key, bureauId text not null references organization(id), schoolId text not null references school(id),
  cycleId text not null references cycle(id), kind text not null, detail text not null, recordedAt text not null,
  recordedBy text not null references person(id), liftedAt text, liftedReason text not null
);
create index breachSchool on breach (schoolId, cycleId)
`)
