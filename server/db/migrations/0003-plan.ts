import { ddl } from '../ddl.ts'

export const up = ddl(`
create table brandCategory (
  id text primary key, bureauId text not null references organization(id), label text not null, sortOrder integer not null,
  unique (bureauId, label)
);
create table brand (
  id text primary key, schoolId text not null unique references school(id), bureauId text not null references organization(id),
  name text not null, categoryId text references brandCategory(id), concept text not null, connotation text not null,
  slogan text not null, localResources text not null, logoFileId text references file(id), version integer not null,
  renamedFrom text, renamedAt text, renameReason text, publishedAt text, createdAt text not null, updatedAt text not null
);
create index brandBureau on brand (bureauId, categoryId);
create index brandLogo on brand (logoFileId);
create table brandVersion (
  id text primary key, brandId text not null references brand(id), schoolId text not null, version integer not null,
  body text not null, reason text, personId text not null, createdAt text not null, unique (brandId, version)
);
create table argumentation (
  id text primary key, brandId text not null references brand(id), schoolId text not null references school(id), heldOn text not null,
  kind text not null, participants text not null, opinions text not null, outcome text not null, fileId text references file(id),
  version integer not null, voidedAt text, voidReason text, createdAt text not null
);
create index argumentationBrand on argumentation (brandId);
create table argumentationVersion (
  id text primary key, argumentationId text not null references argumentation(id), schoolId text not null, version integer not null,
  body text not null, reason text not null, personId text not null references person(id), createdAt text not null,
  unique (argumentationId, version)
);
create table plan (
  id text primary key, schoolId text not null references school(id), cycleId text not null references cycle(id),
  bureauId text not null references organization(id), version integer not null, state text not null, diagnosis text not null,
  entryPoint text not null, goals text not null, commitment text not null, noBudgetReason text not null, signedAt text,
  signedBy text references person(id), acceptedAt text, acceptedBy text references person(id), publishedAt text, returnReason text,
  reviseReason text, digest text, createdAt text not null, updatedAt text not null, unique (schoolId, cycleId, version)
);
create index planCycle on plan (cycleId, state);
create table task (
  id text primary key, rootId text not null, planId text not null references plan(id), schoolId text not null references school(id), pillar text not null,
  content text not null, measure text not null, ownerName text not null, startsOn text, dueOn text, expectedResult text not null,
  progress integer not null, progressNote text not null, doneOn text, sortOrder integer not null, removedAt text
);
create index taskPlan on task (planId, sortOrder);
create index taskRoot on task (rootId);
create table budgetLine (
  id text primary key, rootId text not null, planId text not null references plan(id), schoolId text not null references school(id), item text not null,
  subject text not null, amountFen integer not null, spentFen integer not null, note text not null, sortOrder integer not null
);
create index budgetLinePlan on budgetLine (planId);
create index budgetLineRoot on budgetLine (rootId);
create table promise (
  id text primary key, rootId text not null, planId text not null references plan(id), schoolId text not null references school(id), content text not null,
  state text not null, explanation text not null, fileId text references file(id), decidedAt text, sortOrder integer not null
);
create index promisePlan on promise (planId);
create index promiseRoot on promise (rootId);
create table comment (
  id text primary key, planId text not null references plan(id), schoolId text not null references school(id),
  bureauId text not null, planVersion integer not null, nickname text not null, relation text not null, content text not null,
  state text not null, receivedAt text not null, shownAt text, dueOn text, answer text, answeredAt text, answeredBy text references person(id),
  correctedAt text, judgedAt text, hiddenReason text, hiddenOn text, heldFor text not null, contentHash text not null,
  receiptHash text not null unique
);
create table commentAnswer (
  id text primary key, commentId text not null references comment(id), schoolId text not null, answer text not null,
  answeredAt text not null, answeredBy text references person(id), replacedAt text not null
);
create index commentAnswerComment on commentAnswer (commentId, replacedAt);
create index commentPlan on comment (planId, receivedAt);
create index commentSchool on comment (schoolId, state, dueOn)
`)
