import type { z } from 'zod'
import { hasRole, isOffice, worksAt } from '#domain/base/actor.ts'
import type { HandlerTies, ObjectionWords } from '#domain/award/objection.ts'
import { closedObjections } from '#domain/award/objectionLife.ts'
import type { listObjections } from '#contract/award/objection.ts'
import { readTies } from '#server/review/sheet/queries.ts'
import { demandSight, isRecused, notBarred } from '#server/identity/recusal/queries.ts'
import { found, notFound } from '#server/kernel/problem.ts'
import type { Look, ReadOnly } from '#server/kernel/work.ts'
import { byName } from '#server/kernel/names.ts'
import { contains } from '#server/kernel/contains.ts'

export async function findObjection(look: Look, id: string) {
  const row = found(
    await look.db
      .selectFrom('objection')
      .selectAll()
      .where('id', '=', id)
      .where('bureauId', '=', look.actor.bureauId)
      .executeTakeFirst(),
  )
  // Whoever is neither the office nor its handler does not learn that there is an objection.
  const own = row.schoolId !== null && worksAt(look.actor, row.schoolId)
  if (!isOffice(look.actor, row.bureauId) && row.handlerId !== look.actor.personId && !own) throw notFound()
  if (row.schoolId !== null && !own) await demandSight(look, { ...row, schoolId: row.schoolId })
  return row
}

/** The objection behind a receipt, the first one or one of the same words sent again. */
export function findByReceipt(db: ReadOnly, receiptHash: string) {
  return db
    .selectFrom('objection')
    .select(['id', 'content', 'state', 'receivedAt', 'dueOn', 'admitted', 'admission', 'reply', 'junkReason'])
    .where((eb) =>
      eb.or([
        eb('receiptHash', '=', receiptHash),
        eb(
          'id',
          'in',
          eb
            .selectFrom('objectionReceipt')
            .select('objectionId')
            .where('objectionReceipt.receiptHash', '=', receiptHash),
        ),
      ]),
    )
    .executeTakeFirst()
}

/** The notice that an objection is made to, as it stands now. */
export const findPosted = async (db: ReadOnly, id: string) =>
  found(await db.selectFrom('notice').select(['state', 'endsOn']).where('id', '=', id).executeTakeFirst())

/** The same person's same words by another form: one objection, which both receipts find. */
export const findSameWords = (
  db: ReadOnly,
  noticeId: string,
  { name, phone, schoolId, content }: ObjectionWords & { schoolId: string | null },
) =>
  db
    .selectFrom('objection')
    .select('id')
    .where('noticeId', '=', noticeId)
    .where('name', '=', name)
    .where('phone', '=', phone)
    .where('content', '=', content)
    .where((eb) => (schoolId === null ? eb('schoolId', 'is', null) : eb('schoolId', '=', schoolId)))
    .orderBy('receivedAt')
    .executeTakeFirst()

/** Those of the bureau among the ids, without schools that the reader has recused from. */
export const listByIds = (look: Look, ids: readonly string[]) =>
  look.db
    .selectFrom('objection')
    .selectAll()
    .where('id', 'in', ids)
    .where('bureauId', '=', look.actor.bureauId)
    .where(notBarred(look, 'objection.cycleId', 'objection.schoolId'))
    .execute()

export async function countOpenObjections(db: ReadOnly, cycleId: string): Promise<number> {
  const row = await db
    .selectFrom('objection')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('cycleId', '=', cycleId)
    .where('state', 'not in', [...closedObjections])
    .executeTakeFirst()
  return Number(row?.count ?? 0)
}

function inSight(look: Look, query: z.infer<typeof listObjections.query>, cycleId: string | undefined) {
  const bureauId = look.actor.bureauId
  let rows = look.db
    .selectFrom('objection')
    .innerJoin('notice', 'notice.id', 'objection.noticeId')
    .leftJoin('school', 'school.id', 'objection.schoolId')
    .leftJoin('person', 'person.id', 'objection.handlerId')
    .leftJoin('person as asker', 'asker.id', 'objection.junkAskedBy')
    .where('objection.bureauId', '=', bureauId)
    .where(notBarred(look, 'objection.cycleId', 'objection.schoolId'))
  if (!isOffice(look.actor, bureauId)) {
    // A leader may be the second person who looks at what was named junk.
    const second = hasRole(look.actor, 'leader')
    rows = rows.where((eb) =>
      eb.or([
        eb('objection.handlerId', '=', look.actor.personId),
        ...(second ? [eb('objection.state', '=', 'junkAsked')] : []),
      ]),
    )
  }
  if (cycleId) rows = rows.where('objection.cycleId', '=', cycleId)
  if (query.state === 'crowded')
    rows = rows.where('objection.crowded', '=', 1).where('objection.state', '=', 'received')
  else if (query.state) rows = rows.where('objection.state', '=', query.state)
  if (query.q) rows = rows.where(contains(look.db, ['objection.content'], query.q))
  return rows
}

/** One page of the objections in sight, and how many there are. */
export async function listObjectionPage(
  look: Look,
  query: z.infer<typeof listObjections.query>,
  cycleId: string | undefined,
) {
  const { total } = await inSight(look, query, cycleId)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await inSight(look, query, cycleId)
    .selectAll('objection')
    .select([
      'notice.title as noticeTitle',
      'school.name as schoolName',
      'person.name as handlerName',
      'asker.name as junkAskedByName',
    ])
    .orderBy('objection.receivedAt', 'desc')
    .orderBy('objection.id', 'desc')
    .limit(query.size)
    .offset((query.page - 1) * query.size)
    .execute()
  return { total: Number(total), rows }
}

/** Every step with its words, in the order in which they were taken. */
export async function readSteps(db: ReadOnly, ids: readonly string[]) {
  const rows = await db
    .selectFrom('objectionStep')
    .leftJoin('person', 'person.id', 'objectionStep.personId')
    .select(['objectionId', 'at', 'action', 'text', 'person.name as who'])
    .where('objectionId', 'in', ids)
    .orderBy('at')
    .orderBy('objectionStep.id')
    .execute()
  return Map.groupBy(rows, (row) => row.objectionId)
}

/** Bureau people in service who may check an objection; the conflict with a school is checked when one is assigned. */
export async function listBureauPeople(look: Look) {
  const rows = await look.db
    .selectFrom('person')
    .innerJoin('roleGrant', 'roleGrant.personId', 'person.id')
    .innerJoin('account', 'account.personId', 'person.id')
    .select(['person.id as personId', 'person.name'])
    .where('person.bureauId', '=', look.actor.bureauId)
    .where('roleGrant.role', 'in', ['office', 'leader', 'department'])
    .where('roleGrant.endedAt', 'is', null)
    .where('account.state', '!=', 'disabled')
    .groupBy(['person.id', 'person.name'])
    .orderBy('person.id')
    .execute()
  return rows.toSorted(byName)
}

/** Objections against one school that were admitted, the newest first. */
export const listAdmittedOf = (db: ReadOnly, schoolId: string) =>
  db
    .selectFrom('objection')
    .innerJoin('notice', 'notice.id', 'objection.noticeId')
    .selectAll('objection')
    .select('notice.title as noticeTitle')
    .where('objection.schoolId', '=', schoolId)
    .where('objection.admitted', '=', 1)
    .orderBy('objection.receivedAt', 'desc')
    .orderBy('objection.id', 'desc')
    .limit(200)
    .execute()

const OPEN_READ = 2000

/** What is open and concerns the reader: of the whole bureau for its people, else of the schools whose secretary they are. */
export function listOpen(look: Look, secretaryOf: readonly string[] | undefined) {
  let open = look.db
    .selectFrom('objection')
    .select(['id', 'state', 'content', 'handlerId', 'schoolId', 'dueOn', 'junkAskedBy', 'schoolAsked', 'schoolAnswer'])
    .where('bureauId', '=', look.actor.bureauId)
    .where('state', 'not in', [...closedObjections])
  if (secretaryOf) open = open.where('schoolId', 'in', secretaryOf)
  else open = open.where(notBarred(look, 'objection.cycleId', 'objection.schoolId'))
  return open.orderBy('receivedAt').limit(OPEN_READ).execute()
}

/** Everything that might keep a person from checking an objection. */
export async function readHandlerTies(
  look: Look,
  objection: { noticeId: string; bureauId: string; cycleId: string; schoolId: string | null },
  handlerId: string,
): Promise<HandlerTies> {
  const { bureauId, cycleId } = objection
  const schoolId = objection.schoolId ?? ''
  const { name } = found(
    await look.db
      .selectFrom('person')
      .select('name')
      .where('id', '=', handlerId)
      .where('bureauId', '=', bureauId)
      .executeTakeFirst(),
  )
  const ties = await readTies(look.db, { personId: handlerId, name, bureauId }, look.today)
  const reviewed = await look.db
    .selectFrom('scoreSheet')
    .select('id')
    .where('reviewerId', '=', handlerId)
    .where('schoolId', '=', schoolId)
    .executeTakeFirst()
  return {
    name,
    ofBureau: (await listBureauPeople(look)).some((one) => one.personId === handlerId),
    worksThere: ties.worksAt.includes(schoolId),
    reviewedIt: reviewed !== undefined,
    recused: await isRecused(look.db, handlerId, { cycleId, schoolId }),
    contactOf: ties.contactSchools.includes(schoolId),
    decided: await hasDecided(look.db, objection.noticeId, handlerId),
  }
}

/** Whether the person recorded the decision behind a notice or sealed the result behind that. */
async function hasDecided(db: ReadOnly, noticeId: string, personId: string): Promise<boolean> {
  const row = await db
    .selectFrom('notice')
    .innerJoin('decision', 'decision.id', 'notice.decisionId')
    .innerJoin('result', 'result.id', 'decision.resultId')
    .select(['decision.decidedBy', 'result.sealedBy'])
    .where('notice.id', '=', noticeId)
    .executeTakeFirst()
  return row !== undefined && (row.decidedBy === personId || row.sealedBy === personId)
}

/** Schools that a notice names, for the form of an objection. */
export const listNamedSchools = (db: ReadOnly, notice: { decisionId: string | null }) =>
  db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .select(['school.id', 'school.name'])
    .where('award.decisionId', '=', notice.decisionId ?? '')
    .where('award.state', 'in', ['publicised', 'conferred'])
    .orderBy('school.sortKey')
    .execute()

/** A school of the bureau by its name, as it was typed or without its blanks. */
export const findSchoolCalled = (db: ReadOnly, bureauId: string, typed: string) =>
  db
    .selectFrom('school')
    .select(['id', 'name'])
    .where('bureauId', '=', bureauId)
    .where('name', 'in', [typed, typed.normalize('NFKC').replace(/\s/g, '')])
    .executeTakeFirst()

/** The steps that the objector is told, without their words. */
export const listPublicSteps = (db: ReadOnly, objectionId: string) =>
  db
    .selectFrom('objectionStep')
    .select(['at', 'action'])
    .where('objectionId', '=', objectionId)
    .where('action', 'in', ['admit', 'dismiss', 'assign', 'reassign', 'decide', 'sendBack', 'reply', 'amendReply'])
    .orderBy('at')
    .orderBy('id')
    .execute()
