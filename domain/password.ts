import { type Refusal, refusal } from '#domain/refusal.ts'

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

/** The policy in words, for pages. */
export const passwordSentences = (policy = gradedProtection): string[] => [
  `至少 ${policy.minimum} 个字符，大写字母、小写字母、数字、符号中至少混用 ${policy.kinds} 种；`,
  `或者用 ${policy.passphraseFrom} 个字符以上的一句话，可以有汉字和空格。`,
  '不能含有姓名、登录名、单位名，也不能是常见密码。',
]

export interface PasswordContext {
  loginName: string
  personName?: string
  /** Short names of the bureau and the school, which guessers try first. */
  names?: readonly string[]
}

// Stems of the passwords that lists of leaks begin with; a password that is one of them with digits or signs around falls too.
const COMMON = new Set(
  `password passwd passw0rd p@ssword p@ssw0rd admin administrator root guest welcome letmein qwerty qwertyuiop asdfgh asdfghjkl
  zxcvbn zxcvbnm qazwsx 1qaz2wsx 1q2w3e 1q2w3e4r qweasd qweasdzxc abc abcd abcde abcdef abc123 iloveyou woaini woaini520 a a1 aa aaa
  test demo user login master dragon monkey sunshine princess football baseball superman batman china zhongguo beijing henan anyang
  school xuexiao jiaoyu teacher laoshi shuji dangjian dangyuan yixiaoyipin beiguan jiaoyuju super system manager changeme default
  secret hello hello123 nihao 5201314 1314520 147258369 159357 123qwe qwe123 asd123 zxc123 q1w2e3r4 pass`.split(/\s+/),
)
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
  if (length > policy.maximum) reasons.push(weak(`密码不要超过 ${policy.maximum} 位。`))
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

/** Common passwords, with the digits and signs that people put around them; repeated characters and runs like 123456. */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  const stem = lower.replace(/^[^a-z@]+|[^a-z]+$/g, '')
  if (COMMON.has(lower) || (stem.length > 0 && lower.length - stem.length <= 6 && COMMON.has(stem))) return true
  if (/^(.)\1*$/u.test(lower) || /^(.{1,3})\1+$/u.test(lower)) return true
  return isRun(lower)
}

function isRun(text: string): boolean {
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0))
  return steps.length >= 5 && (steps.every((step) => step === 1) || steps.every((step) => step === -1))
}

function contextWord(password: string, context: PasswordContext): string | undefined {
  const lower = password.toLowerCase()
  const words = [...CONTEXT, context.loginName, context.personName ?? '', ...(context.names ?? [])]
  return words.find((word) => [...word].length >= 2 && lower.includes(word.toLowerCase()))
}
