/**
 * The box's tables. What identifies a slip (`credential`, `alias`) and what was answered (`inbox`, `ballot`, `remark`) share no
 * column but the class; every key is random, and no table has a time or a running number (decision 0008, points 3 and 4).
 */
const tables = `
create table if not exists survey (
  id text primary key, state text not null, body text not null, fingerprint text not null, roster text not null, opening text, audit text
);
create table if not exists batch (
  id text primary key, survey text not null, school text not null, body text not null, issued integer not null, counted integer not null,
  shown integer not null, watched integer not null, hasty integer not null, night integer not null, uniform integer, void integer not null
);
create index if not exists batch_survey on batch (survey, school);
create table if not exists credential (
  handle BYTES primary key, batch text not null, spent integer not null, attempt BYTES, form BYTES, hour integer
) KEYED;
create index if not exists credential_batch on credential (batch);
create table if not exists alias (short BYTES primary key, handle BYTES not null) KEYED;
create index if not exists alias_handle on alias (handle);
create table if not exists inbox (id BYTES primary key, batch text not null, answers BYTES not null, remark BYTES, receipt text not null) KEYED;
create table if not exists ballot (id BYTES primary key, batch text not null, answers BYTES not null) KEYED;
create table if not exists remark (id BYTES primary key, batch text not null, sealed BYTES not null) KEYED;
create table if not exists receipt (id BYTES primary key, batch text not null, code text not null) KEYED;
create table if not exists pulse (batch text not null, slot integer not null, counted integer not null, primary key (batch, slot));
create table if not exists paper (handle BYTES not null, person text not null, batch text not null, mark text not null, sealed BYTES not null,
  primary key (handle, person)) KEYED;
create table if not exists said (id text primary key, survey text not null, school text not null, audience text not null, body text not null, doubts text not null)
`

/** `KEYED` stores rows in the order of their (random) keys instead of the order of arrival; PostgreSQL has no such thing. */
export function schemaOf(engine: 'sqlite' | 'postgres'): string[] {
  const [bytes, keyed] = engine === 'sqlite' ? ['blob', 'without rowid'] : ['bytea', '']
  return tables
    .split(/;\s*\n/)
    .map((one) => one.trim().replaceAll('BYTES', bytes).replaceAll('KEYED', keyed))
    .filter((one) => one !== '')
}
