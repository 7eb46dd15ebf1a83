import { useQuery } from '@tanstack/react-query'
import { address, call, Refused, type Reply } from '#console/api.ts'
import { readSurvey } from '#contract/survey/survey.ts'
import { listRosters } from '#contract/survey/surveySchool.ts'

export type Survey = Reply<typeof readSurvey>
export type Roster = Reply<typeof listRosters>['items'][number]

export const useSurvey = (id: string) =>
  useQuery({ queryKey: ['survey', id], queryFn: ({ signal }) => call(readSurvey, { params: { id } }, signal) })

const AT_ONCE = 200

/** Every school of the survey; a district has a few hundred at most. */
export async function readAllRosters(id: string, signal: AbortSignal): Promise<Roster[]> {
  const all: Roster[] = []
  for (let page = 1; ; page++) {
    const { items, total } = await call(listRosters, { params: { id }, query: { page, size: AT_ONCE } }, signal)
    all.push(...items)
    if (all.length >= total || items.length === 0) return all
  }
}

export interface KitFile {
  name: string
  blob: Blob
}

/** Printing makes new codes, so it is posted; the answer is the file, which is not kept anywhere else. */
export async function printKit(id: string, schoolId: string, reason: string): Promise<KitFile> {
  const path = address('/api/surveys/:id/schools/:schoolId/kit', { params: { id, schoolId } })
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ reason }),
  })
  if (!response.ok) throw new Refused(response.status, await problemIn(response))
  const named = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { name: decodeURIComponent(named ?? '%E7%BA%B8%E6%9D%A1.pdf'), blob: await response.blob() }
}

async function problemIn(response: Response): Promise<ConstructorParameters<typeof Refused>[1]> {
  try {
    return (await response.json()) as ConstructorParameters<typeof Refused>[1]
  } catch {
    return { code: `http-${response.status}`, message: '没有取到纸条，请稍后再试。', reasons: [], requestId: '' }
  }
}

export function saveKit({ name, blob }: KitFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
