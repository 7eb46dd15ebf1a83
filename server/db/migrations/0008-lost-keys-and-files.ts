import { ddl } from '../ddl.ts'

/**
 * A survey whose key is lost is voided and leaves its year room for another; a school reads why its slips were printed again; what refers to
 * a file is found from the file; the figures of the ledger are summed from an index alone, of one school and of all.
 */
export const up = ddl(`
alter table survey add column voidedAt text;
alter table survey add column voidReason text;
alter table surveySchool add column kitReason text;
drop index surveyReal;
create unique index surveyReal on survey (cycleId) where kind = 'real' and state <> 'voided';
create index promiseFile on promise (fileId);
create index promiseOutcomeFile on promiseOutcome (fileId);
create index articleCover on article (coverFileId);
create index entryCycleFigures on entry (
  cycleId, state, deletedAt, schoolId, pillar, formId, taskId, isLate, memberCount, teacherCount, pupilCount, parentCount
)
`)
