import { ddl } from '../ddl.ts'

export const up = ddl(`
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
)
`)
