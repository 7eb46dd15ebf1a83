import { address, Refused } from '#console/api.ts'

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
