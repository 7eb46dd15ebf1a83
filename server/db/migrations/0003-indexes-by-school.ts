import { ddl } from '../ddl.ts'

/** What one school asks for is found without reading the district. */
export const up = ddl(`
create index contactZone on contact (zoneId) where zoneId is not null;
create index argumentationSchool on argumentation (schoolId);
create index taskSchool on task (schoolId, dueOn);
create index rectificationFinding on rectification (findingId);
create index eventSchoolState on eventSchool (eventId, state);
create index awardSchool on award (schoolId)
`)
