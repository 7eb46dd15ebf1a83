import { type Actor, againstDrafting, againstOffice, againstSigning, type OfSchool } from '#domain/base/actor.ts'
import { type BrandContent, missingOfBrand } from '#domain/plan/completeness.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'

/** The seven fields of the policy (R1: 包括但不限于); the office adds more. */
export const defaultCategories: readonly string[] = [
  '党员示范岗位类',
  '创先争优类',
  '爱心帮扶类',
  '教育教学类',
  '特色活动类',
  '平台阵地类',
  '综合类',
]

export const argumentationKinds = {
  branch: '党组织会议',
  hearing: '座谈听取意见',
  expert: '专家论证',
  assembly: '教职工大会',
  written: '书面征求意见',
} as const
export type ArgumentationKind = keyof typeof argumentationKinds

/** What still lacks before the brand can carry a plan, each with the place to mend it. */
export function brandGaps(brand: BrandContent | undefined): Refusal[] {
  return missingOfBrand(brand).map((what) =>
    refusal('incomplete', brand ? `品牌还缺“${what}”。` : '还没有建立党建文化品牌。', { href: '/console/brand' }),
  )
}

export function againstSavingBrand(actor: Actor, school: OfSchool): Refusal[] {
  return againstDrafting(actor, school)
}

/** The public knows a published brand by its name, so only the first person responsible changes it, and says why. */
export function againstRenaming(
  actor: Actor,
  brand: OfSchool & { publishedAt: string | null; name: string },
  to: { name: string; reason: string },
): Refusal[] {
  if (brand.publishedAt === null || brand.name === to.name) return []
  const signer = againstSigning(actor, brand)
  return [
    ...(signer.some((one) => one.code === 'roleMissing')
      ? [refusal('roleMissing', '品牌已经公布，改名须由书记办理。其他内容可以照常修改。', { field: 'name' })]
      : signer),
    ...againstBlank({ reason: { label: '改名的理由', value: to.reason } }),
  ]
}

/** How long the office is reminded that a school has renamed its published brand. */
export const RENAMING_SHOWN_DAYS = 30

export interface ArgumentationContent {
  heldOn: string
  kind: ArgumentationKind
  participants: string
  opinions: string
  outcome: string
}

/** What a correction of an argumentation record changed, in words. */
export function argumentationDifferences(
  before: ArgumentationContent & { fileName: string },
  after: ArgumentationContent & { fileName: string },
): { label: string; before: string; after: string }[] {
  const shown = (one: ArgumentationContent & { fileName: string }): Record<string, string> => ({
    日期: one.heldOn,
    方式: argumentationKinds[one.kind],
    参加人员: one.participants,
    意见: one.opinions,
    结果: one.outcome,
    会议记录: one.fileName,
  })
  const [old, fresh] = [shown(before), shown(after)]
  return Object.keys(old).flatMap((label) =>
    old[label] === fresh[label] ? [] : [{ label, before: old[label] ?? '', after: fresh[label] ?? '' }],
  )
}

export function againstChangingArgumentation(actor: Actor, record: OfSchool & { voidedAt: string | null }): Refusal[] {
  const voided = record.voidedAt === null ? [] : [refusal('notInThisState', '这次论证记录已经作废，可以另记一次。')]
  return [...againstDrafting(actor, record), ...voided]
}

/** A meeting is recorded when it has been held. */
export const againstFutureMeeting = (heldOn: string, today: string): Refusal[] =>
  heldOn > today ? [refusal('invalid', '论证日期不能晚于今天。', { field: 'heldOn' })] : []

export function againstAddingCategory(actor: Actor, bureau: { bureauId: string }): Refusal[] {
  return againstOffice(actor, bureau)
}
