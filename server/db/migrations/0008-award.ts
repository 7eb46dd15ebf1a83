import { ddl } from '../ddl.ts'

export const up = ddl(`
create table award (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), schoolId text not null references school(id),
  applicationId text not null references application(id), resultId text not null references result(id), grade text not null, state text not null,
  documentNumber text, certificateNumber text unique, certificate text, certificateDigest text, conferredOn text, validUntil text, revokedReason text,
  createdAt text not null, updatedAt text not null, unique (cycleId, schoolId)
);
create table certificateCounter (
  bureauId text not null, year integer not null, last integer not null, primary key (bureauId, year)
);
create table notice (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id), title text not null,
  body text not null, names text not null, state text not null, postedOn text, endsOn text, endedAt text, createdAt text not null,
  updatedAt text not null
);
create index noticeBureau on notice (bureauId, state);
create table objection (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), noticeId text not null references notice(id),
  schoolId text references school(id), receiptHash text not null unique, name text not null, phone text not null, content text not null,
  state text not null, receivedAt text not null, handlerId text references person(id), admission text not null, decision text not null,
  reply text not null, repliedAt text
);
create index objectionNotice on objection (noticeId, state);
create table recommendation (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), awardId text not null references award(id),
  schoolId text not null references school(id), targetLevel text not null, state text not null, package text not null, digest text,
  outcome text not null, createdAt text not null, updatedAt text not null, unique (awardId, targetLevel)
)
`)
