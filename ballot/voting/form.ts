import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'
import { againstAnswers, REMARK_FIELD } from '#domain/survey/answers.ts'
import type { Question } from '#domain/survey/survey.ts'
import type { Slip } from './voting.ts'

/** How a page is shown; it travels in the form or as a flag in the address, never in a cookie. */
export interface Mode {
  large: boolean
  /** A tablet that goes from hand to hand. */
  shared: boolean
}

/** What somebody sent, as it was typed. */
export interface Given {
  mode: Mode
  code: string
  attempt: string
  started: string
  /** By question; whatever came, also what cannot be chosen. */
  answers: Record<string, string>
  text: string
}

/** One thing to mend, and the id of the field it stands at. */
export interface Mistake {
  field: string
  message: string
}

export const fieldOf = (question: Pick<Question, 'id'>): string => `q-${question.id}`
export const TEXT_FIELD = 'text'

const ATTEMPT = /^[\w-]{22}$/
const LONGEST_CODE = 80

/** Reads a form; what is repeated counts as it was said last. */
export function readForm(body: unknown): Given {
  const all = new Map<string, string>()
  for (const [name, value] of Object.entries(body ?? {})) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    if (typeof last === 'string') all.set(name, last)
  }
  const one = (name: string) => all.get(name) ?? ''
  const attempt = one('attempt')
  return {
    mode: { large: (all.get('size') ?? one('large')) === '1', shared: one('shared') === '1' },
    code: one('code').slice(0, LONGEST_CODE),
    attempt: ATTEMPT.test(attempt) ? attempt : '',
    started: one('started'),
    answers: Object.fromEntries(
      [...all].flatMap(([name, value]) => (/^q-./.test(name) ? [[name.slice(2), value]] : [])),
    ),
    text: one(TEXT_FIELD)
      .replace(/\r\n?/g, '\n')
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g, ''),
  }
}

export const newAttempt = (): string => randomBytes(16).toString('base64url')

/** What is to be mended in a form, each at its field. */
export const mistakesIn = ({ questionnaire }: Slip, given: Given): Mistake[] =>
  againstAnswers(questionnaire, given).map(({ field = REMARK_FIELD, message }) => ({
    field: field === REMARK_FIELD ? TEXT_FIELD : fieldOf({ id: field }),
    message,
  }))

/**
 * The moment a page was made, signed together with the page's attempt by a key that lives as long as the process, so that nobody
 * can claim to have read for minutes. After a restart it is unknown.
 */
export function openStamps(now: () => Date) {
  const key = createSecretKey(randomBytes(32))
  const sign = (attempt: string, at: string) =>
    createHmac('sha256', key).update(`${attempt} ${at}`).digest().subarray(0, 12)
  const seconds = () => Math.floor(now().getTime() / 1000)
  return {
    make(attempt: string): string {
      const at = String(seconds())
      return `${at}.${sign(attempt, at).toString('base64url')}`
    },
    /** How long the page was open, or null when nobody can say. */
    age(attempt: string, stamp: string): number | null {
      const [at = '', signature = ''] = stamp.split('.')
      const given = Buffer.from(signature, 'base64url')
      const own = sign(attempt, at)
      if (given.length !== own.length || !timingSafeEqual(given, own)) return null
      return Math.max(0, seconds() - Number(at))
    },
  }
}
