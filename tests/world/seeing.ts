import { z } from 'zod'
import { endpoints } from '#contract/index.ts'
import type { Answer } from './world.ts'

/** A test that is not about it has seen what stands there now, as a page would show it. */
export async function withSeen(
  method: string,
  url: string,
  body: unknown,
  // oxlint-disable-next-line typescript/no-explicit-any
  get: (url: string) => Promise<Answer<any>>,
): Promise<unknown> {
  const given = (body ?? {}) as Record<string, unknown>
  if (!asksSeen(method, url) || 'seen' in given) return body
  for (let at = url; at.split('/').length > 3; at = at.slice(0, at.lastIndexOf('/'))) {
    const shown = await get(at)
    const stamp: unknown = shown.body?.updatedAt ?? shown.body?.stamp ?? shown.body?.cycle?.updatedAt
    if (shown.status === 200 && typeof stamp === 'string') return { ...given, seen: stamp }
  }
  const [, , name, id] = url.split('/')
  const list = await get(`/api/${name}${name === 'findings' ? '?size=200' : ''}`)
  // What has no page of its own stands in a list.
  const rows: { id?: string; year?: number; stamp?: string; updatedAt?: string }[] =
    list.body?.items ?? list.body?.panels ?? list.body?.zones ?? []
  const named = name === 'contacts' ? url.split('/')[4] : id
  const row = rows.find((one) => (one.id ?? String(one.year)) === named)
  if (row) return { ...given, seen: row.stamp ?? row.updatedAt }
  return { ...given, seen: 'never' }
}

const seenPaths = endpoints
  .filter(
    ({ body }) => body instanceof z.ZodObject && body.shape['seen'] && !(body.shape['seen'] instanceof z.ZodOptional),
  )
  .map(({ method, path }) => ({ method, pattern: new RegExp(`^${path.replace(/:[A-Za-z]+/g, '[^/]+')}$`) }))

const asksSeen = (method: string, url: string): boolean =>
  seenPaths.some((one) => one.method === method && one.pattern.test(url))
