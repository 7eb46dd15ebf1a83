import { type Answer, answerLabels, type Questionnaire, REMARK_BYTES } from '#domain/survey/survey.ts'

const answers = Object.keys(answerLabels) as Answer[]
const MOST_QUESTIONS = 24
const NOTHING = 255
// The longest text in UTF-8 with its length before it: every text has the same size once it is sealed.
const ENVELOPE = REMARK_BYTES + 2

/** Answers in the order of the questions, one byte each, always of one length. */
export function packAnswers(questionnaire: Questionnaire, given: Readonly<Record<string, Answer>>): Buffer {
  const bytes = Buffer.alloc(MOST_QUESTIONS, NOTHING)
  for (const [at, { id }] of questionnaire.questions.entries()) {
    const answer = given[id]
    if (answer !== undefined) bytes[at] = answers.indexOf(answer)
  }
  return bytes
}

export function unpackAnswers(questionnaire: Questionnaire, bytes: Uint8Array): Record<string, Answer> {
  const given: Record<string, Answer> = {}
  for (const [at, { id }] of questionnaire.questions.entries()) {
    const answer = answers[bytes[at] ?? NOTHING]
    if (answer !== undefined) given[id] = answer
  }
  return given
}

export function packRemark(text: string): Buffer {
  const bytes = Buffer.alloc(ENVELOPE)
  const content = Buffer.from(text)
  if (content.length > REMARK_BYTES) throw new RangeError('a remark is longer than its envelope')
  bytes.writeUInt16BE(content.length)
  content.copy(bytes, 2)
  return bytes
}

export const unpackRemark = (bytes: Buffer): string => bytes.toString('utf8', 2, 2 + bytes.readUInt16BE())
