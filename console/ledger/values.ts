import {
  contentOf,
  emptyContent,
  type EntryContent,
  entryTextKeys,
  type EntryText,
  type ParticipantKind,
  participantKinds,
} from '#domain/ledger/entryContent.ts'
import { recordOf } from '#domain/base/record.ts'
import type { StoredFile } from '#console/api.ts'
import type { Entry } from './queries.ts'

export interface EvidenceFile extends StoredFile {
  caption?: string
}

/** The form as it is filled in; empty fields are missing, null or ''. */
export interface EntryValues
  extends Pick<EntryContent, 'title' | 'happenedOn' | 'pillar'>,
    Partial<Pick<EntryContent, 'formId' | 'tags' | 'taskId'>>,
    Partial<Record<EntryText, string>>,
    Partial<Record<ParticipantKind, number | null>> {
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
  tags: values.tags ?? emptyContent.tags,
  taskId: values.taskId || null,
  ...recordOf(entryTextKeys, (key) => values[key] ?? ''),
  ...recordOf(participantKinds, (kind) => values[kind] ?? 0),
  link: linkOf(values.link ?? ''),
  evidence: (values.files ?? []).map((file) => ({ fileId: file.id, caption: file.caption ?? '' })),
})

/** A kept entry as the form shows it. */
export const valuesOf = (entry: Entry): EntryValues => ({
  ...contentOf(entry),
  formId: entry.formId ?? '',
  ...recordOf(participantKinds, (kind) => entry[kind] || null),
  files: entry.evidence.map(({ fileId, name, kind, caption }) => ({ id: fileId, name, kind, caption })),
})
