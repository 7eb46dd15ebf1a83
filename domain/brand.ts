import { type Actor, againstDrafting, againstOffice, type OfSchool } from '#domain/actor.ts'
import { type BrandContent, missingOfBrand } from '#domain/completeness.ts'
import { type Refusal, refusal } from '#domain/refusal.ts'

/** The seven fields of the policy (R1: 包括但不限于); the office adds more. */
export const defaultCategories = [
  '党员示范岗位类',
  '创先争优类',
  '爱心帮扶类',
  '教育教学类',
  '特色活动类',
  '平台阵地类',
  '综合类',
] as const

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

export function againstAddingCategory(actor: Actor, bureau: { bureauId: string }): Refusal[] {
  return againstOffice(actor, bureau)
}
