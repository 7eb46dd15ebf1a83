import type { FastifyRequest } from 'fastify'
import { refusal } from '#domain/base/refusal.ts'
import { faultOf } from '#server/db/errors.ts'
import { Problem } from './problem.ts'
import { type Look, sha256, type Work } from './work.ts'

const ONCE = 'x-once'
const DAYS_KEPT = 3
const DAY = 86_400_000

/** One sending of one person to one endpoint, by the name that the browser gave it. */
export interface Sending {
  personId: string
  endpoint: string
  id: string
  digest: string
}

/** The sending that a request names, if it names one: a lost reply must not make a second record. */
export function sendingOf(endpoint: string, personId: string | null, request: FastifyRequest): Sending | undefined {
  const id = request.headers[ONCE]
  if (id === undefined || personId === null) return undefined
  if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id))
    throw new Problem([refusal('invalid', '这次提交的编号格式不对，请刷新页面再试。')])
  const digest = sha256(JSON.stringify([request.params, request.query, request.body]))
  return { personId, endpoint, id, digest }
}

/** Does what was sent one time only: the same sending again gets the first answer, another text under its name is refused. */
export async function once<T>(look: Look, sending: Sending, run: (keep: Keep<T>) => Promise<T>): Promise<T> {
  const first = await firstReply<T>(look, sending)
  if (first) return first.reply
  try {
    return await run((work, reply) => keepReply(work, sending, reply))
  } catch (error) {
    // Two at the same moment: the later one either finds the record made or cannot keep its own answer.
    if (!(error instanceof Problem) && faultOf(error) !== 'unique') throw error
    const meanwhile = await firstReply<T>(look, sending)
    if (meanwhile) return meanwhile.reply
    throw error
  }
}

export type Keep<T> = (work: Work, reply: T) => Promise<void>

async function firstReply<T>(
  look: Look,
  { personId, endpoint, id, digest }: Sending,
): Promise<{ reply: T } | undefined> {
  const row = await look.db
    .selectFrom('sending')
    .select(['digest', 'reply'])
    .where('personId', '=', personId)
    .where('endpoint', '=', endpoint)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  if (row.digest !== digest) throw new Problem([refusal('sentBefore')])
  return { reply: JSON.parse(row.reply) as T }
}

/** Kept with the record itself, so that there is never one without the other; what is old nobody sends again. */
async function keepReply(work: Work, sending: Sending, reply: unknown): Promise<void> {
  const old = new Date(Date.parse(work.now) - DAYS_KEPT * DAY).toISOString()
  await work.tx.deleteFrom('sending').where('at', '<', old).execute()
  await work.tx
    .insertInto('sending')
    .values({ ...sending, reply: JSON.stringify(reply), at: work.now })
    .execute()
}
