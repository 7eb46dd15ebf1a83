import { ddl } from '../ddl.ts'

export const up = ddl(`
create table decision (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id),
  resultId text not null references result(id), previousId text references decision(id), heldOn text not null, attendees text not null,
  minutes text not null, names text not null, skipReason text not null, digest text not null, decidedBy text references person(id),
  decidedAt text not null, supersededAt text, supersededBy text references person(id), supersededReason text not null
);
create index decisionCycle on decision (cycleId, decidedAt);
create table award (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), schoolId text not null references school(id),
  applicationId text not null references application(id), resultId text not null references result(id),
  decisionId text not null references decision(id), grade text not null, state text not null,
  documentNumber text, certificateNumber text unique, certificate text, certificateDigest text, conferredOn text, validUntil text, revokedReason text,
  createdAt text not null, updatedAt text not null
);
create unique index awardOfSchool on award (cycleId, schoolId) where state not in ('revoked', 'superseded');
create index awardDecision on award (decisionId);
create table certificateVersion (
  id text primary key, awardId text not null references award(id), version integer not null, certificate text not null,
  certificateDigest text not null, reason text not null, replacedBy text references person(id), replacedAt text not null,
  unique (awardId, version)
);
create table revocation (
  id text primary key, awardId text not null references award(id), kind text not null, reason text not null,
  askedBy text not null references person(id), askedAt text not null, outcome text not null, decidedBy text references person(id),
  decidedAt text
);
create index revocationAward on revocation (awardId, outcome);
create table certificateCounter (
  bureauId text not null, year integer not null, last integer not null, primary key (bureauId, year)
);
create table notice (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id),
  decisionId text references decision(id), title text not null,
  body text not null, names text not null, state text not null, postedOn text, endsOn text, endedAt text, closedReason text not null,
  closedAt text, createdAt text not null, updatedAt text not null
);
create index noticeBureau on notice (bureauId, state);
create index noticeCycle on notice (cycleId, createdAt);
create table objection (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), noticeId text not null references notice(id),
  schoolId text references school(id), receiptHash text not null unique, name text not null, phone text not null, content text not null,
  crowded integer not null, state text not null, receivedAt text not null, dueOn text, handlerId text references person(id),
  admitted integer, admission text not null, decision text not null, reply text not null, repliedAt text, junkReason text not null,
  junkAskedBy text references person(id), schoolAsked text not null, schoolAskedAt text, schoolAnswer text not null,
  schoolAnsweredAt text, updatedAt text not null
);
create index objectionNotice on objection (noticeId, state);
create index objectionSchool on objection (schoolId, state);
create index objectionCycle on objection (cycleId, state);
create table objectionStep (
  id text primary key, objectionId text not null references objection(id), at text not null, personId text references person(id),
  action text not null, text text not null
);
create index objectionStepOf on objectionStep (objectionId, at);
create table recommendation (
  id text primary key, bureauId text not null, cycleId text not null references cycle(id), awardId text not null references award(id),
  schoolId text not null references school(id), targetLevel text not null, state text not null, package text not null, digest text,
  outcome text not null, createdAt text not null, updatedAt text not null
);
create unique index recommendationLevel on recommendation (awardId, targetLevel) where state <> 'withdrawn'
`)
