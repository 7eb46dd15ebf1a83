import { type Pillar, pillarLabels } from '#domain/base/pillar.ts'
import { pupilsWord } from '#domain/base/pupils.ts'
import { keysOf, pick, recordOf } from '#domain/base/record.ts'

const participantLabels = {
  memberCount: '党员',
  teacherCount: '教师',
  pupilCount: '学生',
  parentCount: '家长',
} as const
/** The same as the school of this stage says it. */
export const participantLabelsOf = (stage: string): Record<ParticipantKind, string> => ({
  ...participantLabels,
  pupilCount: pupilsWord(stage),
})
export type ParticipantKind = keyof typeof participantLabels
export const participantKinds = keysOf(participantLabels)

/** What an activity was combined with (the four combinations) and the field of work it serves. */
export const tagLabels = {
  partyLeadership: '党建引领',
  partyHistory: '党史学习教育',
  themeEducation: '主题教育',
  teaching: '教育教学中心工作',
  memberEducation: '党员教育',
  moralEducation: '德育与思政',
  teacherEthics: '师德师风',
  campusCulture: '校园文化',
} as const
export type EntryTag = keyof typeof tagLabels
export const entryTags = keysOf(tagLabels)

/**
 * The texts that may stay empty, with their greatest length. One that is added here is asked for by the contract, kept by versions and
 * shown by the page; it still wants its column and its field in the form.
 */
export const entryTexts = {
  place: { label: '地点', most: 60 },
  content: { label: '内容', most: 5000 },
  feedback: { label: '需求与反馈', most: 2000 },
  link: { label: '专栏链接', most: 500 },
} as const
export type EntryText = keyof typeof entryTexts
export const entryTextKeys = keysOf(entryTexts)

/** What a person writes down of one thing that was done. */
export interface EntryContent extends Record<EntryText, string>, Record<ParticipantKind, number> {
  title: string
  happenedOn: string
  pillar: Pillar
  formId: string | null
  tags: EntryTag[]
  taskId: string | null
}

/** All that may be left out, as it is kept then. */
export const emptyContent: Omit<EntryContent, 'title' | 'happenedOn' | 'pillar'> = {
  formId: null,
  tags: [],
  taskId: null,
  ...recordOf(entryTextKeys, () => ''),
  ...recordOf(participantKinds, () => 0),
}

const contentKeys = ['title', 'happenedOn', 'pillar', ...keysOf(emptyContent)] as const

/** What was written down of an entry, without what the system adds. */
export const contentOf = (entry: EntryContent): EntryContent => pick(entry, contentKeys)

/** An entry as a version keeps it: labels instead of ids, so that it stays readable whatever happens to them. */
export interface EntryBody extends Omit<EntryContent, 'formId' | 'taskId'> {
  form: string
  task: string
  evidence: { fileId: string; name: string; caption: string }[]
}

/** Both what stands and what was typed become a version in one way, so that equal content gives equal text. */
export function entryBody(content: EntryContent, words: Pick<EntryBody, 'form' | 'task' | 'evidence'>): EntryBody {
  const { formId: _form, taskId: _task, ...kept } = contentOf(content)
  return { ...kept, form: words.form, task: words.task, evidence: words.evidence }
}

export interface Difference {
  label: string
  before: string
  after: string
}

/** What a correction changed, in words. */
export function differences(before: EntryBody, after: EntryBody, stage: string): Difference[] {
  const shown = [showBody(before, stage), showBody(after, stage)] as const
  return Object.keys(shown[0]).flatMap((label) => {
    const [old, fresh] = [shown[0][label] ?? '', shown[1][label] ?? '']
    return old === fresh ? [] : [{ label, before: old, after: fresh }]
  })
}

function showBody(body: EntryBody, stage: string): Record<string, string> {
  return {
    事项: body.title,
    活动日期: body.happenedOn,
    类别: pillarLabels[body.pillar],
    形式: body.form,
    ...Object.fromEntries(entryTextKeys.map((key) => [entryTexts[key].label, body[key]])),
    参加人数: showParticipants(body, stage),
    融合方向: body.tags.map((tag) => tagLabels[tag]).join('、'),
    对应任务: body.task,
    佐证材料: body.evidence.map(({ name, caption }) => (caption ? `${name}（${caption}）` : name)).join('、'),
  }
}

export function showParticipants(counts: Pick<EntryContent, ParticipantKind>, stage: string): string {
  const labels = participantLabelsOf(stage)
  return participantKinds
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${labels[kind]} ${counts[kind]}`)
    .join('，')
}
