import { ddl } from '../ddl.ts'

export const up = ddl(`
create table organization (
  id text primary key, parentId text references organization(id), districtId text, level text not null, name text not null,
  shortName text not null, code text, path text not null, createdAt text not null, retiredAt text
);
create index organizationParent on organization (parentId);
create unique index organizationCode on organization (code) where code is not null;
create table department (
  id text primary key, bureauId text not null references organization(id), name text not null, sortOrder integer not null
);
create table person (
  id text primary key, bureauId text not null references organization(id), name text not null, phone text, title text, createdAt text not null
);
create table account (
  personId text primary key references person(id), loginName text not null unique, passwordHash text, state text not null,
  mustChange integer not null, passwordChangedAt text, createdAt text not null, resetId text
);
create table roleGrant (
  id text primary key, personId text not null references person(id), role text not null,
  organizationId text not null references organization(id), departmentId text references department(id),
  createdAt text not null, endedAt text
);
create index roleGrantPerson on roleGrant (personId);
create index roleGrantOrganization on roleGrant (organizationId, role);
create table activation (
  id text primary key, personId text not null references person(id), tokenHash text not null unique, createdAt text not null,
  expiresAt text not null, usedAt text, requestId text
);
create index activationPerson on activation (personId);
create table accountRequest (
  id text primary key, bureauId text not null references organization(id), kind text not null, state text not null,
  personId text not null references person(id), role text, organizationId text references organization(id),
  departmentId text references department(id), reason text not null, askedBy text not null references person(id),
  askedAt text not null, decidedBy text references person(id), decidedAt text, decision text, usedAt text,
  confirmedAt text, notedAt text
);
create index accountRequestState on accountRequest (bureauId, state);
create index accountRequestPerson on accountRequest (personId);
create table session (
  id text primary key, tokenHash text not null unique, personId text not null references person(id), createdAt text not null,
  lastSeenAt text not null, source text not null, device text not null, endedAt text
);
create index sessionPerson on session (personId);
create table signInFailure (
  key text primary key, failures integer not null, windowStart text not null, lockedUntil text
);
create table formKey (
  id integer primary key, value text not null
);
create table formArrival (
  key text primary key, count integer not null, since text not null
);
create table knownDevice (
  personId text not null references person(id), deviceHash text not null, createdAt text not null,
  primary key (personId, deviceHash)
);
create table sending (
  personId text not null references person(id), endpoint text not null, id text not null, digest text not null, reply text not null,
  at text not null, primary key (personId, endpoint, id)
);
create index sendingAt on sending (at);
create table setting (
  key text primary key, value text not null, updatedAt text not null
);
create table auditHead (
  id integer primary key, seq integer not null, hash text not null
);
create table auditRow (
  seq integer primary key, at text not null, actorId text, actorName text not null, event text not null, subjectType text not null,
  subjectId text not null, schoolId text, detail text not null, previousHash text not null, hash text not null
);
create index auditRowSubject on auditRow (subjectType, subjectId);
create index auditRowEvent on auditRow (event, at);
create index auditRowActor on auditRow (actorId, at);
create table file (
  id text primary key, sha256 text not null, size integer not null, kind text not null, mime text not null, name text not null,
  uploaderId text not null references person(id), schoolId text, width integer, height integer,
  takenAt text, createdAt text not null, withheldAt text, withheldReason text
);
create index fileSha on file (sha256);
create index fileSchool on file (schoolId);
create table evidence (
  id text primary key, schoolId text, subjectType text not null, subjectId text not null, fileId text not null references file(id),
  caption text not null, sortOrder integer not null, createdAt text not null, isPublic integer not null
);
create index evidenceSubject on evidence (subjectType, subjectId);
create index evidenceFile on evidence (fileId);
create table outbox (
  id text primary key, kind text not null, personId text, payload text not null, createdAt text not null, sentAt text
);
create table searchToken (
  token text not null, subjectType text not null, subjectId text not null, bureauId text not null,
  primary key (token, subjectType, subjectId)
);
create index searchTokenSubject on searchToken (subjectType, subjectId)
`)
