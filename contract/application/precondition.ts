import { z } from 'zod'
import { type BreachKind, breachLabels } from '#domain/application/precondition.ts'
import { endpoint, filled, idParams, refusalShape, yearQuery } from '#contract/endpoint.ts'

const office = ['office'] as const
const kind = z.enum(Object.keys(breachLabels) as [BreachKind], { error: '请选择情形' })

export const listBreaches = endpoint({
  name: 'listBreaches',
  method: 'GET',
  path: '/api/schools/:id/breaches',
  summary: '一所学校本年度登记的资格前置情形',
  access: office,
  params: idParams,
  query: yearQuery,
  reply: z.strictObject({
    record: z.array(refusalShape),
    items: z.array(
      z.strictObject({
        id: z.string(),
        kind,
        detail: z.string(),
        recordedAt: z.string(),
        recordedByName: z.string(),
        liftedAt: z.string().nullable(),
        liftedReason: z.string(),
      }),
    ),
  }),
})

export const recordBreach = endpoint({
  name: 'recordBreach',
  once: true,
  method: 'POST',
  path: '/api/schools/:id/breaches',
  summary: '登记一项经认定的资格前置情形，解除以前不能申报',
  access: office,
  params: idParams,
  body: z.strictObject({ kind, detail: filled(500) }),
  reply: z.strictObject({ id: z.string() }),
})

export const liftBreach = endpoint({
  name: 'liftBreach',
  method: 'POST',
  path: '/api/breaches/:id/lift',
  summary: '解除一项资格前置情形，写明理由',
  access: office,
  params: idParams,
  body: z.strictObject({ reason: filled(500) }),
})
