import { commonDigits, commonWords, keyboardWalks } from '#domain/identity/commonPasswords.ts'
import { type Refusal, refusal } from '#domain/base/refusal.ts'

export interface PasswordPolicy {
  name: string
  minimum: number
  /** How many of lower case, upper case, digits and others a short password mixes. */
  kinds: number
  /** From this length on a passphrase needs no mixture. */
  passphraseFrom: number
  maximum: number
  /** After so many days a password is changed at the next sign-in. */
  days: number
}

/** The profile that 等保 reviews expect, which is the default. */
export const gradedProtection: PasswordPolicy = {
  name: '等保要求',
  minimum: 10,
  kinds: 3,
  passphraseFrom: 16,
  maximum: 200,
  days: 180,
}

/** For bureaus that no 等保 review binds: no mixture and no forced change, as newer security standards advise. */
export const plainProfile: PasswordPolicy = {
  name: '一般要求',
  minimum: 8,
  kinds: 1,
  passphraseFrom: 16,
  maximum: 200,
  days: Number.POSITIVE_INFINITY,
}

/** The policy in words, for pages. */
export const passwordSentences = (policy = gradedProtection): string[] => [
  ...(policy.kinds > 1
    ? [
        `至少 ${policy.minimum} 个字符，大写字母、小写字母、数字、符号中至少混用 ${policy.kinds} 种；`,
        `或者用 ${policy.passphraseFrom} 个字符以上的一句话，可以有汉字和空格。`,
      ]
    : [`至少 ${policy.minimum} 个字符，可以用一句话，可以有汉字和空格。`]),
  '不能含有姓名、登录名、单位名，也不能是常见密码。',
]

export interface PasswordContext {
  loginName: string
  personName?: string
  /** Short names of the bureau and the school, which guessers try first. */
  names?: readonly string[]
}

const CONTEXT = ['北关', '教育局', '党建', '一校一品', 'beiguan', 'dangjian', 'yixiaoyipin', 'yipin']

const kindsIn = (password: string): number =>
  [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length

/** Everything wrong with a chosen password, at once. It is normalised to NFC before anything else (A6). */
export function againstPassword(password: string, context: PasswordContext, policy = gradedProtection): Refusal[] {
  const normal = password.normalize('NFC')
  const length = [...normal].length
  const weak = (message: string) => refusal('tooWeak', message, { field: 'password' })
  const reasons: Refusal[] = []
  if (length < policy.minimum) reasons.push(weak(`密码至少 ${policy.minimum} 位，现在是 ${length} 位。`))
  // Nothing more is asked of what is far too long: some of the questions take a time that grows with its square.
  if (length > policy.maximum) return [weak(`密码不要超过 ${policy.maximum} 位。`)]
  if (length < policy.passphraseFrom && kindsIn(normal) < policy.kinds)
    reasons.push(
      weak(
        `请混用大写字母、小写字母、数字、符号中的至少 ${policy.kinds} 种；或用 ${policy.passphraseFrom} 位以上的一句话作密码。`,
      ),
    )
  if (isCommon(normal)) reasons.push(weak('这个密码太常见，容易被猜到，请换一个。'))
  const word = contextWord(normal, context)
  if (word) reasons.push(weak(`密码里不要用“${word}”这类别人容易想到的字词。`))
  return reasons
}

/** Common words with digits and signs around or instead of letters, repetitions, runs and walks over the keyboard. */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  if (commonDigits.has(lower) || /^(.{1,4}?)\1+$/u.test(lower) || isRun(lower)) return true
  if (keyboardWalks.some((walk) => lower.includes(walk) && lower.length - walk.length <= 4)) return true
  return stemsOf(lower).some((stem) => commonWords.has(stem))
}

// A stem is looked up only where it is most of the password; a long rest around it makes the password somebody's own.
const MOST_AROUND = 8

function stemsOf(lower: string): string[] {
  const bare = (text: string) => text.replace(/^[^a-z]+|[^a-z]+$/g, '')
  // Digits at the ends are taken away both before and after signs are read as letters: passw0rd1 and pa$$word alike.
  const end = lower.replace(/[^a-z]+$/, '')
  return [bare(lower), bare(readAsLetters(end)), bare(readAsLetters(lower))].filter(
    (stem) => stem.length > 0 && lower.length - stem.length <= MOST_AROUND,
  )
}

const readAsLetters = (text: string): string =>
  text
    .replaceAll('@', 'a')
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('3', 'e')
    .replaceAll('5', 's')
    .replaceAll('$', 's')
    .replace(/[!|]/g, 'i')

function isRun(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0))
  return steps.length >= 5 && (steps.every((step) => step === 1) || steps.every((step) => step === -1))
}

function contextWord(password: string, context: PasswordContext): string | undefined {
  const lower = password.toLowerCase()
  const names = context.names ?? []
  const words = [...CONTEXT, context.loginName, context.personName ?? '', ...names, ...names.flatMap(shortName)]
  return words.find((word) => [...word].length >= 2 && lower.includes(word.toLowerCase()))
}

/** 红旗路 of 红旗路小学（演示）; two characters and fewer are words of everyday language. */
function shortName(name: string): string[] {
  const short = name.replace(/[（(].*$/, '').replace(/(实验|中心)?(小学|中学|初中|高中|学校|幼儿园|教育局|教体局)$/, '')
  return [...short].length >= 3 && short !== name ? [short] : []
}
