import { ddl } from '../ddl.ts'

export const up = ddl(`
create table survey (
  id text primary key, bureauId text not null references organization(id), cycleId text not null references cycle(id), kind text not null,
  title text not null, state text not null, opensOn text not null, closesOn text not null, questions text not null, minimum text not null,
  impactReference text not null, fingerprint text, rosterDigest text, openingSeal text, closingSeal text, drawSeed text, totals text,
  openedAt text, closedAt text, talliedAt text, publishedAt text, publishedText text not null, createdAt text not null, erasedAt text
);
create index surveyCycle on survey (cycleId, kind, state);
create unique index surveyReal on survey (cycleId) where kind = 'real';
create table surveySchool (
  id text primary key, surveyId text not null references survey(id), schoolId text not null references school(id), teachers integer not null,
  confirmedAt text, confirmedBy text references person(id), leftOutReason text, kitBegunAt text, kitPrintedAt text, kitPrintings integer not null,
  updatedAt text not null, unique (surveyId, schoolId)
);
create index surveySchoolSchool on surveySchool (schoolId);
create table surveyClass (
  id text primary key, surveyId text not null references survey(id), schoolId text not null references school(id), grade text not null,
  name text not null, pupils integer not null, unique (surveyId, schoolId, grade, name)
);
create table surveyBatch (
  id text primary key, surveyId text not null references survey(id), schoolId text not null references school(id), audience text not null,
  grade text not null, className text not null, size integer not null, codes integer not null, voidedAt text, voidReason text,
  voidAskedBy text references person(id), voidAskedAt text, voidedBy text references person(id),
  remindedAt text, remindedCast integer
);
create index surveyBatchSchool on surveyBatch (surveyId, schoolId);
create table surveyResult (
  id text primary key, surveyId text not null references survey(id), schoolId text not null references school(id), tallies text not null,
  satisfaction text not null, satisfactionIndex integer, ballots integer not null, unique (surveyId, schoolId)
);
create index surveyResultSchool on surveyResult (schoolId);
create table surveyRemark (
  id text primary key, surveyId text not null references survey(id), schoolId text not null references school(id), audience text not null,
  body text not null, doubts text not null, state text not null, judgedBy text references person(id), judgedAt text
);
create index surveyRemarkSchool on surveyRemark (surveyId, schoolId)
`)
