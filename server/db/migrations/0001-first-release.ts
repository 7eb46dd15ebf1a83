import { ddl } from '../ddl.ts'

/** The whole schema of the first release. What was released is never changed: later changes are migrations of their own. */
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
create index searchTokenSubject on searchToken (subjectType, subjectId);
create table zone (
  id text primary key, bureauId text not null references organization(id), name text not null, sortOrder integer not null,
  unique (bureauId, name)
);
create table schoolGroup (
  id text primary key, bureauId text not null references organization(id), name text not null, unique (bureauId, name)
);
create table school (
  id text primary key references organization(id), bureauId text not null references organization(id), name text not null,
  stage text not null, ownership text not null, zoneId text not null references zone(id), groupId text references schoolGroup(id),
  partyKind text not null, secretaryName text not null, memberCount integer not null, staffCount integer not null,
  studentCount integer not null, contactName text, contactPhone text, confirmedAt text,
  updatedAt text not null, retiredAt text
);
create index schoolBureau on school (bureauId, zoneId);
create table contact (
  id text primary key, bureauId text not null references organization(id), kind text not null, zoneId text references zone(id),
  schoolId text references school(id), personId text references person(id), departmentId text references department(id),
  createdAt text not null, endedAt text
);
create index contactPerson on contact (personId);
create index contactDepartment on contact (departmentId);
create index contactSchool on contact (schoolId);
create table standard (
  id text primary key, bureauId text not null references organization(id), title text not null, version integer not null,
  body text not null, digest text not null, createdAt text not null, unique (bureauId, version)
);
create table cycle (
  id text primary key, bureauId text not null references organization(id), year integer not null, title text not null,
  state text not null, basisTitle text, basisNumber text, filingNumber text, approvalNumber text, toldOn text,
  outcomeKind text not null, awardTitle text not null, planUntil text, applyFrom text not null, applyUntil text not null,
  graceUntil text, graceReason text, standardId text references standard(id), settings text not null, openedAt text, closedAt text,
  reopenReason text, createdAt text not null, updatedAt text not null, unique (bureauId, year)
);
create unique index cycleOpen on cycle (bureauId) where state = 'open';
create table calendarYear (
  year integer primary key, holidays text not null, makeUpDays text not null, source text not null, updatedAt text not null
);
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
create index commentSchool on comment (schoolId, state, dueOn);
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
);
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
create index articleSchool on article (schoolId);
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
create index breachSchool on breach (schoolId, cycleId);
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
create index resultCycle on result (cycleId, state);
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
create unique index recommendationLevel on recommendation (awardId, targetLevel) where state <> 'withdrawn';
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
