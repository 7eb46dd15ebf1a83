import { canonical } from '#domain/base/canonical.ts'

type Fields = Readonly<Record<string, unknown>>

interface Sealing {
  label: string
  /** Fields that change without touching what was fixed; every other one is under the seal. */
  loose: readonly string[]
  /** Whether a row is fixed now; without it every row is, from the moment it is made. */
  fixed?: (row: Fields) => boolean
  /** The column that says which year or survey the row belongs to. */
  scope?: 'cycleId' | 'surveyId'
  /** Earlier versions are kept with the seal, because the row is written over. */
  kept?: boolean
}

const oneOf =
  (field: string, ...values: readonly string[]) =>
  (row: Fields): boolean =>
    values.includes(String(row[field]))

/** What is fixed once it is submitted, decided, counted or conferred (rule 14), by its table. */
const sealings = {
  standard: { label: '评估标准', loose: [] },
  summary: {
    label: '年度总结',
    loose: ['state', 'acceptedAt', 'returnReason', 'updatedAt'],
    fixed: oneOf('state', 'submitted', 'accepted'),
    scope: 'cycleId',
    kept: true,
  },
  application: {
    label: '申报材料',
    loose: ['state', 'reason', 'updatedAt', 'completeUntil'],
    fixed: (row) => row['frozen'] !== null && row['state'] !== 'draft',
    scope: 'cycleId',
    kept: true,
  },
  recusal: { label: '回避登记', loose: [], scope: 'cycleId' },
  scoreSheet: {
    label: '评分表',
    loose: ['excludeReason', 'excludeAskedBy', 'excludeAskedAt'],
    fixed: oneOf('state', 'submitted', 'excluded'),
    scope: 'cycleId',
    kept: true,
  },
  adjustment: { label: '加减分', loose: [], scope: 'cycleId', kept: true },
  surveyRuling: { label: '测评得分裁定', loose: [], scope: 'cycleId', kept: true },
  disagreementRuling: { label: '分歧处理', loose: [], scope: 'cycleId', kept: true },
  survey: {
    label: '满意度测评',
    loose: ['state', 'publishedAt', 'publishedText', 'erasedAt', 'voidedAt', 'voidReason'],
    fixed: oneOf('state', 'tallied', 'published'),
    scope: 'cycleId',
  },
  surveyResult: { label: '测评计票', loose: [], scope: 'surveyId' },
  result: { label: '评审结果', loose: [], scope: 'cycleId' },
  decision: { label: '审定决定', loose: [], scope: 'cycleId' },
  award: { label: '入选和证书', loose: ['updatedAt'], scope: 'cycleId' },
  notice: {
    label: '公示',
    loose: ['updatedAt'],
    fixed: oneOf('state', 'posted', 'ended', 'superseded'),
    scope: 'cycleId',
  },
  certificateVersion: { label: '更正前的证书', loose: [] },
  objection: { label: '异议', loose: [], scope: 'cycleId' },
  recommendation: { label: '推荐材料', loose: ['updatedAt'], scope: 'cycleId' },
} as const satisfies Record<string, Sealing>

export type SealKind = keyof typeof sealings

export const sealKinds = Object.keys(sealings) as SealKind[]
export const sealingOf = (kind: SealKind): Sealing => sealings[kind]
export const isFixed = (kind: SealKind, row: Fields): boolean => sealingOf(kind).fixed?.(row) ?? true

/**
 * The text under a row's seal. Empty fields are left out, so that a column that comes with a later version of the product breaks no
 * seal that was made before it.
 */
export function sealedText(kind: SealKind, row: Fields): string {
  const { loose } = sealingOf(kind)
  return canonical(
    Object.fromEntries(
      Object.entries(row).filter(([field, value]) => value !== null && value !== undefined && !loose.includes(field)),
    ),
  )
}
