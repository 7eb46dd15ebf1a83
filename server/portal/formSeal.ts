import type { Actor } from '#domain/base/actor.ts'
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { againstHaste, HOURS_OPEN } from '#domain/base/publicForm.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { countArrival, formKey } from '#server/kernel/pace.ts'
import { demand } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { sourceOf } from '#server/kernel/session.ts'
import type { Work } from '#server/kernel/work.ts'
import { html } from 'ghtml'
import { type Html, trap, trapped } from './pieces.ts'

/** A form as it came back from a visitor. */
export interface SealedForm {
  token: string
  /** When it was drawn here for this subject; nothing for any other. */
  drawnAt: number | undefined
  /** What only this form has, for its receipt: nobody guesses it, and the same form sent twice has the same. */
  own: Buffer
  /** Whether it may be sent again as it is. */
  lasting: boolean
  /** What is wrong with how it was filled. */
  refusals: Refusal[]
}

const hmac = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** A form of its own for each visitor: it is good for one comment or objection on its subject. */
export async function drawToken(
  { house, look }: Pick<Exchange<Actor>, 'house' | 'look'>,
  subject: string,
): Promise<string> {
  const form = `${Date.parse(look.now)}.${randomBytes(12).toString('base64url')}`
  return `${form}.${hmac(await formKey(house), `${subject}:${form}`).toString('base64url')}`
}

/** Hidden fields of a public form: its seal, and the field that only programs fill. */
export const sealFields = (token: string): Html => html`!${trap()}<input type="hidden" name="drawn" value="${token}">`

export async function readSealed(exchange: Exchange<Actor>, subject: string): Promise<SealedForm> {
  const { house, look, form } = exchange
  const key = await formKey(house)
  const token = form['drawn'] ?? ''
  const [at = '', nonce = '', seal = ''] = token.split('.')
  const wanted = hmac(key, `${subject}:${at}.${nonce}`)
  const got = Buffer.from(seal, 'base64url')
  const genuine = wanted.length === got.length && timingSafeEqual(wanted, got)
  const program = trapped(form)
  return {
    token,
    drawnAt: genuine ? Number(at) : undefined,
    own: hmac(key, `receipt:${token}`),
    lasting: genuine && Date.parse(look.now) - Number(at) < (HOURS_OPEN - 1) * 3_600_000,
    refusals: [
      ...(program ? [refusal('invalid', program)] : []),
      ...(genuine ? [] : [refusal('invalid', '页面已更新，请再按一次提交。您写的内容还在下面。')]),
    ],
  }
}

/**
 * Judged by how the form was filled and by how many come from its address, which makes people wait and bars nobody: a whole school
 * shares one. Answers how many came from there within the hour before it.
 */
export async function arrive(work: Work<Actor>, exchange: Exchange<Actor>, sealed: SealedForm): Promise<number> {
  const fromThere = await countArrival(work, sourceOf(exchange.request))
  demand([...sealed.refusals, ...againstHaste(sealed.drawnAt ?? 0, Date.parse(work.now), fromThere)])
  return fromThere
}
