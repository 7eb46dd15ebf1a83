import { z } from 'zod'

/** Spread into the query of every list endpoint: `z.object({ ...listQuery, state: z.string().optional() })`. */
export const listQuery = {
  q: z.string().trim().max(100).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  size: z.coerce.number().int().min(1).max(200).default(20),
  /** A column's name; a leading `-` means descending. */
  sort: z.string().max(40).optional(),
}

/** The reply of every list endpoint. */
export const listReply = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int() })
