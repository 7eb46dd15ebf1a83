import { ddl } from '../ddl.ts'

/**
 * A decision is confirmed by a second person, and keeps its minutes as files; a bonus or deduction keeps its proof. An objection that came
 * twice, by two forms, has a receipt of each.
 */
export const up = ddl(`
alter table decision add column confirmedBy text references person(id);
alter table decision add column confirmedAt text;
alter table decision add column mergedReason text;
alter table decision add column files text;
alter table adjustment add column files text;
create table objectionReceipt (
  receiptHash text primary key, objectionId text not null references objection(id), createdAt text not null
)
`)
