import { z } from 'zod'
import { endpoint, yearQuery } from '#contract/endpoint.ts'

/** A piece of work that waits for somebody, as each room tells it to the home page. */
export interface Todo {
  id: string
  /** What kind of work it is, such as `planToSign`. */
  kind: string
  title: string
  detail: string
  /** The day, in Shanghai, by which it is due. */
  dueDate?: string
  href: string
}

export const readTodo = endpoint({
  name: 'readTodo',
  method: 'GET',
  path: '/api/todo',
  summary: '我现在要办的事，最急的在前',
  access: 'signedIn',
  reply: z.strictObject({
    items: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        detail: z.string(),
        dueDate: z.string().nullish(),
        overdue: z.boolean(),
        href: z.string(),
        kind: z.string(),
      }),
    ),
    explain: z.string(),
  }),
})

export const readStart = endpoint({
  name: 'readStart',
  method: 'GET',
  path: '/api/start',
  summary: '起步的几步：名单、分工、评估标准、年度、激活，哪些已经办好',
  access: ['office'],
  reply: z.strictObject({
    steps: z.array(
      z.strictObject({
        key: z.enum(['list', 'duties', 'standard', 'cycle', 'activation']),
        title: z.string(),
        detail: z.string(),
        done: z.boolean(),
        href: z.string(),
      }),
    ),
    /** Steps that are still open. */
    open: z.int(),
  }),
})

export const readOverview = endpoint({
  name: 'readOverview',
  method: 'GET',
  path: '/api/overview',
  summary: '所管学校本年度的几个数，每个都能点开看明细',
  access: ['office', 'leader', 'department'],
  query: yearQuery,
  reply: z.strictObject({
    cycleTitle: z.string().nullable(),
    figures: z.array(
      z.strictObject({ label: z.string(), value: z.string(), note: z.string(), href: z.string(), bad: z.boolean() }),
    ),
  }),
})
