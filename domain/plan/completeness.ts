import { keysOf, recordOf } from '#domain/base/record.ts'
import { pillarLabels, pillars } from '#domain/base/pillar.ts'

export const diagnosisAreas = {
  membership: '党员发展',
  education: '教育管理',
  democracy: '党内民主',
  institutions: '党建制度建设',
} as const
export type DiagnosisArea = keyof typeof diagnosisAreas
export type Diagnosis = Record<DiagnosisArea, { highlights: string; weakPoints: string }>

const noWords = { highlights: '', weakPoints: '' }

export const emptyDiagnosis = (): Diagnosis => recordOf(keysOf(diagnosisAreas), () => noWords)

export interface BrandContent {
  name: string
  categoryId: string | null
  concept: string
  connotation: string
  argumentationCount: number
}

const blank = (text: string | null | undefined): boolean => (text ?? '').trim() === ''

/** What a brand still lacks, in words (R1: name, category, concept, connotation, argued by many). */
export function missingOfBrand(brand: BrandContent | undefined): string[] {
  if (!brand) return ['品牌']
  const missing: string[] = []
  if (blank(brand.name)) missing.push('品牌名称')
  if (blank(brand.categoryId)) missing.push('品牌类别')
  if (blank(brand.concept)) missing.push('品牌理念')
  if (blank(brand.connotation)) missing.push('品牌内涵')
  if (brand.argumentationCount === 0) missing.push('论证记录')
  return missing
}

export interface PlanContent {
  diagnosis: Diagnosis
  entryPoint: string
  goals: string
  tasks: readonly {
    pillar: string
    content: string
    measure: string
    ownerName: string
    dueOn: string | null
    expectedResult: string
  }[]
  budgetLines: readonly { item: string; amountFen: number }[]
  noBudgetReason: string
  promises: readonly { content: string }[]
}

export interface Missing {
  field: string
  message: string
}

/** Everything that a plan lacks before it can be signed, at once (M1: analysis, entry point, goals, measures, commitment). */
export function missingOfPlan(plan: PlanContent): Missing[] {
  const missing: Missing[] = []
  const lack = (field: string, message: string) => missing.push({ field, message })
  for (const [area, label] of Object.entries(diagnosisAreas) as [DiagnosisArea, string][]) {
    if (blank(plan.diagnosis[area].highlights)) lack(`diagnosis.${area}.highlights`, `请填写“${label}”的亮点。`)
    if (blank(plan.diagnosis[area].weakPoints)) lack(`diagnosis.${area}.weakPoints`, `请填写“${label}”的薄弱环节。`)
  }
  if (blank(plan.entryPoint)) lack('entryPoint', '请填写切入点。')
  if (blank(plan.goals)) lack('goals', '请填写年度工作目标。')
  for (const pillar of pillars)
    if (!plan.tasks.some((task) => task.pillar === pillar))
      lack('tasks', `“${pillarLabels[pillar]}”还没有任务，请至少安排一项。`)
  for (const [index, task] of plan.tasks.entries()) {
    const gaps = [
      blank(task.content) && '工作内容',
      blank(task.measure) && '具体措施',
      blank(task.ownerName) && '责任人',
      blank(task.dueOn) && '完成时限',
      blank(task.expectedResult) && '预期成果',
    ].filter((gap) => gap !== false)
    if (gaps.length > 0) lack(`tasks.${index}`, `第 ${index + 1} 项任务还缺：${gaps.join('、')}。`)
  }
  if (plan.budgetLines.length === 0 && blank(plan.noBudgetReason))
    lack('budgetLines', '请列出经费预算；确实不需要经费的，请写明理由。')
  plan.budgetLines.forEach((line, index) => {
    if (blank(line.item)) lack(`budgetLines.${index}`, `第 ${index + 1} 行预算还没有写用途，不用这一行请移除。`)
  })
  if (plan.promises.every((promise) => blank(promise.content))) lack('promises', '请至少写一条对师生的承诺。')
  return missing
}
