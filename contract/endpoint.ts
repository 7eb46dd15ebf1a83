import { z } from 'zod'
import type { Role } from '#domain/base/actor.ts'
import { tooLong, withoutUnseen } from '#domain/base/text.ts'

/** Who may call at all: anybody, anybody signed in, or holders of one of the roles. What they may touch, `domain/` decides. */
export type Access = 'public' | SignedInAccess
/** Of an endpoint: what is open to anybody is a page and its form, never the API. */
export type SignedInAccess = 'signedIn' | readonly Role[]

export interface Endpoint<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Reply extends z.ZodType,
> {
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: `/api/${string}`
  summary: string
  access: SignedInAccess
  params: Params
  query: Query
  body: Body
  reply: Reply
  /** It makes something new: the browser names each sending (`x-once`), so that a lost reply never makes a second one. */
  once?: boolean
}

/** Any endpoint, for code that walks them all. */
export type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>

const nothing = z.strictObject({})
type Nothing = typeof nothing

/**
 * Describes one endpoint. Leave out what it does not take: `params` default to none, `query` and `body` to an empty object,
 * `reply` to `{ ok: true }`.
 */
export function endpoint<
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  Reply extends z.ZodType = typeof done,
  const Once extends boolean = false,
>(described: {
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: `/api/${string}`
  summary: string
  access: SignedInAccess
  params?: Params
  query?: Query
  body?: Body
  reply?: Reply
  once?: Once
}): Endpoint<Params, Query, Body, Reply> & { once: Once } {
  return {
    params: nothing,
    query: nothing,
    body: nothing,
    reply: done,
    once: false,
    ...described,
  } as unknown as Endpoint<Params, Query, Body, Reply> & { once: Once }
}

const done = z.strictObject({ ok: z.literal(true) })

// Pieces that many shapes share. Control characters (NUL above all) never belong to text that people typed.
const clean = (text: string) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
export const text = (max: number) =>
  z
    .string()
    .overwrite(withoutUnseen)
    .trim()
    .max(max, { error: ({ input }) => tooLong(String(input).length, max) })
    .refine(clean, '含有不能使用的控制字符，请删去')
export const filled = (max: number) => text(max).min(1, '不能为空')
/** The states of a lifecycle, and what else a list may be asked for. */
export const stateOf = <State extends string, More extends string = never>(
  life: { states: Record<State, string> },
  ...more: More[]
) => z.enum([...Object.keys(life.states), ...more] as [State | More, ...(State | More)[]])
export const id = z.string().regex(/^[0-9a-f-]{36}$/, '编号格式不对')
export const idParams = z.strictObject({ id })
export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期应写成 2026-05-09 这样的格式')
  .refine((value) => !Number.isNaN(Date.parse(value)) && new Date(value).toISOString().startsWith(value), '没有这一天')
export const instant = z.string()
export const count = z.int().min(0, '不能小于 0').max(10_000_000)
/** The stamp of what stood on the screen: nobody signs, accepts or overwrites what they have not seen. */
export const seen = z.string().max(100)
/** The version that the writer had read. */
export const version = z.int().min(0).max(1_000_000_000)

/** Query of a paged list: query strings are text, so numbers are coerced here once. */
export const pageQuery = {
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(20),
  q: text(100).default(''),
  sort: z.string().max(40).default(''),
} as const

/** The year that a list, a figure or an export is about (rule 20); what it means when left out, `cycleOf` says. */
export const inYear = {
  year: z.coerce.number().int('年度应是年份').min(2000, '年度应是年份').max(2200, '年度应是年份').optional(),
} as const
export const yearQuery = z.strictObject(inYear)

export const pageOf = <Item extends z.ZodType>(item: Item) => z.strictObject({ items: z.array(item), total: z.int() })

/** What an action button needs: whether it is on, and every reason if not. */
export const refusalShape = z.strictObject({
  code: z.string(),
  message: z.string(),
  field: z.string().optional(),
  href: z.string().optional(),
})
const problemShape = z.strictObject({
  code: z.string(),
  message: z.string(),
  reasons: z.array(refusalShape),
  requestId: z.string(),
})
export type ProblemBody = z.infer<typeof problemShape>

/** What the buttons of one record need: each step that its state allows, with every reason against it. */
export const movesShape = z.record(z.string(), z.array(refusalShape))

/**
 * Describes the steps in the life of the records at an address: each names the record, says what stood on the screen
 * (`seen`) and brings the `words` that this step takes; it answers `{ ok: true }`.
 */
export const stepsAt =
  (address: `/api/${string}`) =>
  <Words extends z.core.$ZodLooseShape = Record<never, never>>(
    name: string,
    tail: string,
    { words, ...step }: { summary: string; access: SignedInAccess; words?: Words },
  ) =>
    endpoint({
      name,
      method: 'POST',
      path: `${address}/:id/${tail}`,
      ...step,
      params: idParams,
      body: z.strictObject({ ...(words as Words), seen }),
    })
