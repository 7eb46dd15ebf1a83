import type { EntryTag, ParticipantKind } from '#domain/ledger/ledger.ts'
import type { Pillar } from '#domain/base/pillar.ts'
import type { StoredFile } from '#console/api.ts'
import type { Entry } from './desk.ts'

export interface EvidenceFile extends StoredFile {
  caption?: string
}

/** The form as it is filled in; empty fields are missing, null or ''. */
export interface EntryValues extends Partial<Record<ParticipantKind, number | null>> {
  title: string
  happenedOn: string
  pillar: Pillar
  formId?: string | null
  place?: string
  content?: string
  tags?: EntryTag[]
  taskId?: string | null
  feedback?: string
  link?: string
  files?: EvidenceFile[]
}

/** An address copied without its beginning is still an address. */
const linkOf = (typed: string): string =>
  typed.trim() === '' || /^[a-z]+:/i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`

/** What the server is sent of a filled form. */
export const bodyOf = (values: EntryValues) => ({
  title: values.title,
  happenedOn: values.happenedOn,
  pillar: values.pillar,
  formId: values.formId || null,
  place: values.place ?? '',
  content: values.content ?? '',
  memberCount: values.memberCount ?? 0,
  teacherCount: values.teacherCount ?? 0,
  pupilCount: values.pupilCount ?? 0,
  parentCount: values.parentCount ?? 0,
  tags: values.tags ?? [],
  taskId: values.taskId || null,
  feedback: values.feedback ?? '',
  link: linkOf(values.link ?? ''),
  evidence: (values.files ?? []).map((file) => ({ fileId: file.id, caption: file.caption ?? '' })),
})

/** A kept entry as the form shows it. */
export const valuesOf = (entry: Entry): EntryValues => ({
  title: entry.title,
  happenedOn: entry.happenedOn,
  pillar: entry.pillar,
  formId: entry.formId ?? '',
  place: entry.place,
  content: entry.content,
  memberCount: entry.memberCount || null,
  teacherCount: entry.teacherCount || null,
  pupilCount: entry.pupilCount || null,
  parentCount: entry.parentCount || null,
  tags: entry.tags,
  taskId: entry.taskId,
  feedback: entry.feedback,
  link: entry.link,
  files: entry.evidence.map(({ fileId, name, kind, caption }) => ({ id: fileId, name, kind, caption })),
})

const inMore = ['place', 'feedback', 'link', 'taskId', 'tags']

/** Whether something to mend hides under “更多”. */
export const isUnderMore = (field: string | undefined): boolean =>
  field !== undefined && inMore.some((name) => field === name || field.startsWith(`${name}.`))
