import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { againstHaste } from '#domain/comment.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'
import { html } from 'ghtml'
import { type Html, trap, trapped } from './pieces.ts'

// Only as old as the process: a form drawn before a restart is asked to be sent once more, with its words kept.
const key = randomBytes(32)

const sealOf = (subject: string, at: number): string =>
  createHmac('sha256', key).update(`${subject}:${at}`).digest('base64url')

/** Hidden fields of a public form: when it was drawn, under a seal for its subject, and the field that only programs fill. */
export const formSeal = (subject: string, now: string): Html => {
  const at = Date.parse(now)
  return html`!${trap()}<input type="hidden" name="drawn" value="${at}.${sealOf(subject, at)}">`
}

/** Judged by how the form was filled, never by the address: a whole school shares one. */
export function againstRobots(subject: string, form: Readonly<Record<string, string>>, now: string): Refusal[] {
  const program = trapped(form)
  if (program) return [refusal('invalid', program)]
  const [at = '', seal = ''] = (form['drawn'] ?? '').split('.')
  const wanted = Buffer.from(sealOf(subject, Number(at)))
  const got = Buffer.from(seal)
  const genuine = wanted.length === got.length && timingSafeEqual(wanted, got)
  return genuine
    ? againstHaste(Number(at), Date.parse(now), 0)
    : [refusal('invalid', '页面已更新，请再按一次提交。您写的内容还在下面。')]
}
