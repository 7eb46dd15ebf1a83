import { ddl } from '../ddl.ts'

/** A published event can be changed: what it said before, and since when an answer no longer knows what it says. */
export const up = ddl(`
alter table event add column changedAt text;
create table eventChange (
  id text primary key, eventId text not null references event(id), before text not null, reason text not null,
  personId text not null references person(id), createdAt text not null
);
create index eventChangeEvent on eventChange (eventId)
`)
