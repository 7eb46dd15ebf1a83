import type { z } from 'zod'

/** What the client needs of a contract endpoint; `contract/endpoint.ts` descriptors fit it. */
export interface Callable {
  readonly method: string
  readonly path: string
  readonly params?: z.ZodType | undefined
  readonly query?: z.ZodType | undefined
  readonly body?: z.ZodType | undefined
  readonly reply: z.ZodType
  readonly once?: boolean | undefined
}

type Part<E, K extends string> = E extends { readonly [key in K]: infer S extends z.ZodType }
  ? Record<never, never> extends z.input<S>
    ? { [key in K]?: z.input<S> }
    : { [key in K]: z.input<S> }
  : Record<never, never>

/** What makes something new carries the name of this sending, which stays the same until an answer came (`held.id`). */
type Sending<E> = E extends { readonly once: true } ? { once: string } : Record<never, never>
export type Input<E extends Callable> = Part<E, 'params'> & Part<E, 'query'> & Part<E, 'body'> & Sending<E>
type Given<E extends Callable> = Record<never, never> extends Input<E> ? [input?: Input<E>] : [input: Input<E>]
type Asking<E extends Callable> = [...Given<E>, signal?: AbortSignal]
export type Reply<E extends Callable> = z.output<E['reply']>

export interface Reason {
  href?: string
  code: string
  message: string
  field?: string
}

/** A no from the server, with every reason at once. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly status: number
  readonly code: string
  readonly reasons: Reason[]
  readonly requestId: string

  constructor(status: number, body: { code: string; message: string; reasons: Reason[]; requestId: string }) {
    super(body.message)
    this.status = status
    this.code = body.code
    this.reasons = body.reasons
    this.requestId = body.requestId
  }
}

interface Parts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  once?: string
}

/** Calls an endpoint of the contract; types come from its descriptor. */
export function call<E extends Callable>(endpoint: E, ...asking: Asking<E>): Promise<Reply<E>> {
  const [input = {}, signal] = asking as unknown as [input?: Parts, signal?: AbortSignal]
  return callLoosely(endpoint, input, signal) as Promise<Reply<E>>
}

/** How a query reads an endpoint: under its key, and given up when nobody waits for it any more. */
export function reading<E extends Callable>(queryKey: readonly unknown[], endpoint: E, ...given: Given<E>) {
  const [input = {}] = given as [input?: Parts]
  return {
    queryKey,
    queryFn: ({ signal }: { signal: AbortSignal }) => callLoosely(endpoint, input, signal) as Promise<Reply<E>>,
  }
}

/** The untyped way in, for house components that put the query together from the address bar. */
export async function callLoosely(endpoint: Callable, input: Parts, signal?: AbortSignal): Promise<unknown> {
  const init: RequestInit = {
    method: endpoint.method.toUpperCase(),
    credentials: 'same-origin',
    headers: { accept: 'application/json' },
  }
  if (signal) init.signal = signal
  // An upload: the browser writes the boundary into the content type by itself.
  if (input.body instanceof FormData) init.body = input.body
  else if (input.body !== undefined) {
    init.body = JSON.stringify(input.body)
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
  }
  if (input.once) init.headers = { ...init.headers, 'x-once': input.once }
  let response: Response
  try {
    response = await fetch(address(endpoint.path, input), init)
  } catch (error) {
    if (signal?.aborted) throw error
    throw unreachable()
  }
  const text = await response.text()
  if (response.ok) return text === '' ? undefined : JSON.parse(text)
  throw refusedFrom(response.status, text)
}

/** The address of an endpoint with its parameters filled in: for links such as an export. */
export function address(path: string, { params, query }: Pick<Parts, 'params' | 'query'>): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, key: string) => encodeURIComponent(String(params?.[key] ?? '')))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one))
  }
  const tail = search.toString()
  return tail === '' ? filled : `${filled}?${tail}`
}

/** A file that the server holds; any reply with these fields will do as a value of FileField. */
export interface StoredFile {
  id: string
  name: string
  kind?: string | undefined
}

/** Sends one file with progress, which fetch cannot report. */
export function upload(
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
  where = '/api/files',
): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', where)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText))
      else reject(refusedFrom(request.status, request.responseText))
    })
    request.addEventListener('error', () => reject(unreachable()))
    request.addEventListener('abort', () => reject(new DOMException('已取消上传', 'AbortError')))
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file, file.name)
    request.send(form)
  })
}

/** Every reason of a failed call as sentences to show. */
export function sentences(error: unknown): string[] {
  if (error instanceof Refused) {
    return error.reasons.length > 0 ? error.reasons.map((reason) => reason.message) : [error.message]
  }
  return ['操作没有完成，请稍后再试。']
}

function unreachable(): Refused {
  return new Refused(0, {
    code: 'unreachable',
    message: '连接不上服务器。已填写的内容还在，请检查网络后再试。',
    reasons: [],
    requestId: '',
  })
}

function refusedFrom(status: number, text: string): Refused {
  let body: { code?: string; message?: string; reasons?: Reason[]; requestId?: string } = {}
  try {
    body = JSON.parse(text)
  } catch {
    // A proxy's HTML page has no reasons to read; the status says enough.
  }
  const refused = new Refused(status, {
    code: body.code ?? `http-${status}`,
    message: body.message ?? '服务器没有完成这次操作，请稍后再试。',
    reasons: body.reasons ?? [],
    requestId: body.requestId ?? '',
  })
  if (status === 401) goToSignIn()
  // The server's own pages ask for these before anything else goes on.
  if (body.code === 'resetUnconfirmed') location.assign('/account/reset')
  if (body.code === 'passwordMustChange') location.assign('/account/password')
  return refused
}

// Leaving the page is safe: Draft has already kept what was typed.
function goToSignIn() {
  const here = location.pathname + location.search
  location.assign(`/sign-in?next=${encodeURIComponent(here)}`)
}
