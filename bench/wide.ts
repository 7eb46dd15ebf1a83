import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '#server/db/open.ts'
import type { Database } from '#server/db/open.ts'

// A district of any width: one school has a whole year's work, and all others are copies of it, written as rows (SQLite only).

export interface FirstSchool {
  schoolId: string
  bureauId: string
  cycleId: string
  personId: string
  departmentId: string | null
  standardId: string
  now: string
}

/** The id of one of its rows, by a name. */
export const ids = (name: string): string =>
  `00000000-0000-4000-8000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`

type Given = Record<string, string | number | null>

/** One row of a table: what is not given is null where it may be, else empty or nought. */
async function put(db: Db, table: string, given: Given): Promise<void> {
  const columns = (await columnsOf(db, table)).filter((one) => one.name in given || one.notnull)
  const values = columns.map(({ name, type }) => (name in given ? given[name] : type === 'INTEGER' ? 0 : ''))
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))})
    values (${sql.join(values)})`.execute(db)
}

async function columnsOf(db: Db, table: string) {
  const asked = sql<{ name: string; type: string; notnull: number; pk: number }>`
    select name, upper(type) as type, max("notnull", pk) as "notnull", pk from pragma_table_info(${table})`
  return (await asked.execute(db)).rows
}

const ENTRIES = 15

/** A whole year of the first school. */
export async function furnishSchool(db: Db, first: FirstSchool): Promise<void> {
  const { schoolId, bureauId, cycleId, personId, standardId, now } = first
  const day = now.slice(0, 10)
  const own = { schoolId, bureauId, cycleId, createdAt: now, updatedAt: now }
  const texts = { diagnosis: '{}', checklist: '[]', answers: '[]', tags: '[]', entryIds: '[]', localResources: '[]' }
  const add = (table: string, id: string, given: Given = {}) => put(db, table, { ...own, ...texts, id, ...given })
  const area = { highlights: '亮点', weakPoints: '不足' }
  const diagnosis = JSON.stringify({ membership: area, education: area, democracy: area, institutions: area })
  await add('brand', ids('w-brand'), { name: '擎灯人', version: 1, publishedAt: now })
  await add('argumentation', ids('w-argument'), {
    brandId: ids('w-brand'),
    heldOn: day,
    kind: 'branch',
    participants: '[]',
    opinions: '[]',
  })
  await add('plan', ids('w-published'), { version: 1, state: 'published', publishedAt: now, diagnosis })
  await add('plan', ids('w-plan'), { version: 2, state: 'draft', diagnosis })
  for (const planId of [ids('w-published'), ids('w-plan')])
    for (let at = 0; at < 4; at += 1) {
      const part = { planId, rootId: ids(`w-root-${at}`), sortOrder: at }
      await add('task', ids(`${planId}-task-${at}`), { ...part, pillar: 'activity', dueOn: day, content: '示范课' })
      await add('promise', ids(`${planId}-promise-${at}`), { ...part, state: 'open', content: '开放课堂' })
      await add('budgetLine', ids(`${planId}-line-${at}`), { ...part, item: '书' })
    }
  for (let at = 0; at < 4; at += 1)
    await add('comment', ids(`w-comment-${at}`), {
      planId: ids('w-published'),
      planVersion: 1,
      nickname: '家长',
      relation: 'parent',
      content: '很好',
      dueOn: day,
      state: at === 0 ? 'received' : 'answered',
      receivedAt: now,
      shownAt: now,
      receiptHash: `w-${at}`,
    })
  for (let at = 0; at < ENTRIES; at += 1)
    await add('entry', ids(`w-entry-${at}`), {
      state: at < 2 ? 'draft' : 'filed',
      title: `第 ${at} 次主题党日`,
      happenedOn: day,
      pillar: 'activity',
      createdBy: personId,
      filedAt: now,
      version: 1,
      content: '全体党员重温入党誓词。'.repeat(8),
    })
  await add('contact', ids('w-contact'), { kind: 'department', departmentId: first.departmentId ?? null })
  await add('file', ids('w-file'), {
    uploaderId: personId,
    sha256: 'w',
    kind: 'image',
    mime: 'image/webp',
    name: 'a.webp',
  })
  await add('evidence', ids('w-evidence'), { subjectType: 'entry', subjectId: ids('w-entry-0'), fileId: ids('w-file') })
  await add('summary', ids('w-summary'), { state: 'draft', facts: '{}' })
  await add('application', ids('w-application'), { state: 'draft' })
  await add('article', ids('w-article'), { state: 'returned', kind: 'experience', createdBy: personId, title: '经验' })
  await add('visit', ids('w-visit'), { personId, kind: 'visit', visitedOn: day })
  await add('inspection', ids('wide-inspection'), {
    title: '督查',
    state: 'open',
    startsOn: day,
    endsOn: day,
    choice: '{}',
  })
  await add('inspectionSchool', ids('w-inspected'), { inspectionId: ids('wide-inspection') })
  const found = { inspectionId: ids('wide-inspection'), recordedBy: personId, severity: 'minor', content: '台账不全' }
  await add('finding', ids('w-finding'), { ...found, state: 'preliminary' })
  await add('finding', ids('w-found'), { ...found, state: 'issued' })
  const ordered = { findingId: ids('w-found'), requirement: '补齐', dueOn: day, issuedAt: now, issuedBy: personId }
  await add('rectification', ids('w-order'), { ...ordered, state: 'issued', round: 1 })
  const event = { kind: 'meeting', title: '现场会', state: 'published', startsAt: '2099-01-01T00:00:00.000Z' }
  await add('event', ids('wide-event'), { ...event, endsAt: '2099-01-01T01:00:00.000Z', publishedAt: now })
  await add('eventSchool', ids('w-invited'), { eventId: ids('wide-event'), state: 'invited', attendees: '[]' })
  const asked = {
    questions: '{"parent":[],"pupil":[],"teacher":[]}',
    minimum: '{"share":{"parent":50,"pupil":50,"teacher":50},"ballots":5}',
  }
  await add('survey', ids('wide-survey'), { kind: 'real', title: '测评', state: 'draft', ...asked })
  await add('surveySchool', ids('w-roster'), { surveyId: ids('wide-survey'), teachers: 40 })
  for (const name of ['1班', '2班'])
    await add('surveyClass', ids(`w-class-${name}`), {
      surveyId: ids('wide-survey'),
      grade: '一年级',
      name,
      pupils: 40,
    })
  await add('surveyBatch', ids('w-batch'), { surveyId: ids('wide-survey'), audience: 'parent', size: 40, codes: 44 })
  await add('panel', ids('wide-panel'), { method: 'materials', name: '评审组' })
  await add('scoreSheet', ids('w-sheet'), {
    applicationId: ids('w-application'),
    panelId: ids('wide-panel'),
    method: 'materials',
    reviewerId: personId,
    standardId,
    state: 'open',
    scores: '{}',
  })
}

/** The tables of a school's year in the order in which rows refer to one another, and what of a row is told from its copy. */
const copied = [
  'contact',
  'file',
  'evidence',
  'brand',
  'argumentation',
  'plan',
  'task',
  'promise',
  'budgetLine',
  'comment',
  'entry',
  'summary',
  'application',
  'article',
  'visit',
  'inspectionSchool',
  'finding',
  'rectification',
  'eventSchool',
  'surveySchool',
  'surveyClass',
  'surveyBatch',
  'scoreSheet',
]
const toldById = new Set([
  'id',
  'rootId',
  'schoolId',
  'brandId',
  'planId',
  'findingId',
  'applicationId',
  'organizationId',
  'subjectId',
  'fileId',
])
const toldByNumber = new Set(['receiptHash', 'loginName', 'code', 'name', 'path', 'sortKey'])

/** Copies the first school, its person and its year until the district has so many schools more. */
export async function widen(database: Database, first: FirstSchool, more: number): Promise<void> {
  const { schoolId, personId } = first
  await database.writer.transaction().execute(async (tx) => {
    const copy = async (table: string, key: string, value: string) => {
      const columns = (await columnsOf(tx, table)).map((one) => one.name)
      const taken = columns.map((name) => {
        const column = sql`t.${sql.ref(name)}`
        if (toldById.has(name) || name === key) return sql`printf('%08x', n.value) || substr(${column}, 9)`
        return toldByNumber.has(name) ? sql`${column} || '-' || n.value` : column
      })
      await sql`with recursive n(value) as (select 1 union all select value + 1 from n where value < ${more})
        insert into ${sql.table(table)} (${sql.join(columns.map((name) => sql.ref(name)))})
        select ${sql.join(taken)} from n, ${sql.table(table)} as t where t.${sql.ref(key)} = ${value}`.execute(tx)
    }
    await copy('organization', 'id', schoolId)
    await copy('school', 'id', schoolId)
    await copy('person', 'id', personId)
    await copy('account', 'personId', personId)
    await copy('roleGrant', 'personId', personId)
    for (const table of copied) await copy(table, 'schoolId', schoolId)
  })
}
