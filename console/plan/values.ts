import { type Diagnosis, diagnosisAreas, type DiagnosisArea } from '#domain/plan/completeness.ts'
import type { Pillar } from '#domain/base/pillar.ts'
import { fenOf } from '#domain/plan/plan.ts'
import type { PlanBody } from '#contract/plan/plan.ts'
import type { PlanView } from './queries.ts'

/** The plan as the form holds it: money as typed in yuan, dates as text. */
export interface PlanValues {
  diagnosis: Diagnosis
  entryPoint: string
  goals: string
  commitment: string
  noBudgetReason: string
  tasks: {
    id?: string
    pillar?: Pillar
    content?: string
    measure?: string
    ownerName?: string
    startsOn?: string | null
    dueOn?: string | null
    expectedResult?: string
  }[]
  /** What already has spending or an outcome on record stays in the plan. */
  budgetLines: { id?: string; item?: string; subject?: string; yuan?: string; note?: string; onRecord?: boolean }[]
  promises: { id?: string; content?: string; onRecord?: boolean }[]
}

export function valuesOf(view: PlanView): PlanValues {
  const { diagnosis, entryPoint, goals, commitment, noBudgetReason } = view
  return {
    diagnosis,
    entryPoint,
    goals,
    commitment,
    noBudgetReason,
    tasks: view.tasks.map(
      ({ progress: _progress, progressNote: _note, doneOn: _done, entries: _entries, ...task }) => task,
    ),
    budgetLines: view.budgetLines.map(({ amountFen, spentFen, ...line }) => ({
      ...line,
      onRecord: spentFen > 0,
      yuan: String(amountFen / 100),
    })),
    promises: view.promises.map(({ id, content, state }) => ({ id, content, onRecord: state !== 'open' })),
  }
}

const kept = (id: string | undefined) => (id ? { id } : {})

/** What is sent and also judged for completeness while one types; gaps are allowed in a draft. */
export function bodyOf(values: Partial<PlanValues>): PlanBody {
  const areas = Object.keys(diagnosisAreas) as DiagnosisArea[]
  const area = (key: DiagnosisArea) => ({
    highlights: values.diagnosis?.[key]?.highlights ?? '',
    weakPoints: values.diagnosis?.[key]?.weakPoints ?? '',
  })
  return {
    diagnosis: Object.fromEntries(areas.map((key) => [key, area(key)])) as Diagnosis,
    entryPoint: values.entryPoint ?? '',
    goals: values.goals ?? '',
    commitment: values.commitment ?? '',
    noBudgetReason: values.noBudgetReason ?? '',
    tasks: (values.tasks ?? []).map((task) => ({
      ...kept(task?.id),
      pillar: task?.pillar ?? 'policy',
      content: task?.content ?? '',
      measure: task?.measure ?? '',
      ownerName: task?.ownerName ?? '',
      startsOn: task?.startsOn || null,
      dueOn: task?.dueOn || null,
      expectedResult: task?.expectedResult ?? '',
    })),
    budgetLines: (values.budgetLines ?? []).map((line) => ({
      ...kept(line?.id),
      item: line?.item ?? '',
      subject: line?.subject ?? '',
      amountFen: fenOf(line?.yuan ?? '') ?? 0,
      note: line?.note ?? '',
    })),
    promises: (values.promises ?? []).map((promise) => ({ ...kept(promise?.id), content: promise?.content ?? '' })),
  }
}
