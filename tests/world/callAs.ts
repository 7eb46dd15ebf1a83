import type { CallerName } from '#tests/everywhere/access/row.ts'
import type { Caller, World } from './world.ts'

export interface Asked {
  url: string
  body?: unknown
  form?: Record<string, string>
}

/** Calls an endpoint or page in the way of its method; with `form` as a browser without script would. */
export async function callAs(caller: Caller, method: string, { url, body, form }: Asked) {
  if (form) return caller.form(url, form)
  if (method === 'POST') return caller.post(url, body ?? {})
  if (method === 'PUT') return caller.put(url, body ?? {})
  return method === 'DELETE' ? caller.delete(url) : caller.get(url)
}

/** The same, with what a page would have shown before: a call that is broken again and again must not look anew each time. */
export async function afterSeeing(caller: Caller, method: string, asked: Asked): Promise<Asked> {
  return asked.form ? asked : { ...asked, body: await caller.seeing(method, asked.url, asked.body) }
}

export async function callerFor(w: World, name: CallerName): Promise<Caller> {
  const [, second, third] = w.schoolIds
  if (name === 'visitor') return w.visitor
  if (name === 'otherSecretary') return w.as('secretary', second)
  if (name === 'otherClerk') return w.as('clerk', second)
  if (name === 'farClerk') return w.as('clerk', third)
  return w.as(name)
}
