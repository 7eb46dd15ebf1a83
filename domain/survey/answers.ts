import { type Refusal, refusal } from '#domain/base/refusal.ts'
import { choicesOf, lengthOf, type Questionnaire, REMARK_BYTES, REMARK_LENGTH } from '#domain/survey/survey.ts'

const numbers: readonly (readonly [RegExp, string])[] = [
  [/\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dXx]/, '身份证号码'],
  [/1[\s.·-]?[3-9](?:[\s.·-]?\d){9}/, '手机号码'],
  // One sign before the @ is enough to know it, and does not try every beginning of a long word: anybody may post 16 KiB of those.
  [/[\w.+-]@[\w-]+\.\w/, '电子邮箱'],
  [/(?:微信|QQ|qq|V信|wx)号?[:：是\s]*[\w-]{5,}/, '微信号或 QQ 号'],
  [/\d{7,}|[零〇一二三四五六七八九幺]{7,}/, '号码'],
]

/** What a text may not hold at all, since it names a person by a number; the page says it and lets the writer take it out. */
export function numbersIn(text: string): string[] {
  // Signs that show nothing, and the square around a digit, would part a number for the program and not for the reader.
  const plain = text.normalize('NFKC').replace(/[\p{Cf}\p{M}\p{DI}\u2800]/gu, '')
  for (const [pattern, label] of numbers) if (pattern.test(plain)) return [label]
  return []
}

/** The field of what stands beside the questions, where a refusal names one. */
export const REMARK_FIELD = 'text'

/** What somebody gives as a ballot, by question; whatever came, also what cannot be chosen. */
export interface Answering {
  answers: Readonly<Record<string, string | undefined>>
  text: string
}

/**
 * Why this cannot be taken as a ballot, each reason with its question's id or `text` as its field: the one check for the page, for
 * the desk behind it, and for a sheet of paper that is typed.
 */
export function againstAnswers({ audience, questions }: Questionnaire, { answers, text }: Answering): Refusal[] {
  const choices: readonly (string | undefined)[] = choicesOf(audience)
  const open = questions.flatMap(({ id }, at) =>
    choices.includes(answers[id]) ? [] : [refusal('incomplete', `第 ${at + 1} 题还没有选。`, { field: id })],
  )
  return [...open, ...againstRemark(text)]
}

/** A number that names a person is `invalid`, a text beyond its room `tooLarge`. */
function againstRemark(text: string): Refusal[] {
  if (text === '') return []
  const field = REMARK_FIELD
  const reasons = numbersIn(text).map((kind) =>
    refusal('invalid', `写的话里好像有${kind}。写了就可能认出人来，请把它删掉再提交。`, { field }),
  )
  const length = lengthOf(text.trim())
  if (length > REMARK_LENGTH)
    reasons.push(refusal('tooLarge', `写的话有 ${length} 个字，最多 ${REMARK_LENGTH} 个字，请删短一些。`, { field }))
  else if (bytesOf(text.trim()) > REMARK_BYTES)
    reasons.push(refusal('tooLarge', '写的话里表情太多，请删去一些。', { field }))
  return reasons
}

/** What a text takes in UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
