import { makePublished } from './plan.ts'
import { PNG, upload } from '#tests/world/upload.ts'
import type { World } from '#tests/world/world.ts'
import type { AccessRows } from './row.ts'

async function imageOfFirstSchool(w: World): Promise<string> {
  const { body } = await upload(w, await w.as('clerk'), { name: '活动.png', bytes: PNG })
  return body.id
}

/** The logo of the published brand of the first school. */
export async function makePublicLogo(w: World): Promise<string> {
  const logoFileId = await imageOfFirstSchool(w)
  await makePublished(w)
  const clerk = await w.as('clerk')
  const url = `/api/schools/${w.schoolIds[0]}/brand`
  const { name, category, concept, connotation, slogan, localResources, version } = (await clerk.get(url)).body.brand
  await clerk.put(url, { name, category, concept, connotation, slogan, localResources, version, logoFileId })
  return logoFileId
}

const concerned = { office: 'ok', secretary: 'ok', clerk: 'ok' } as const
const strangers = { otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const ofTheSchool = { office: 'ok', leader: 'ok', secretary: 'ok', clerk: 'ok', others: 404 } as const

export const rows: AccessRows = {
  uploadFile: { call: async () => ({ url: '/api/files' }), expect: { others: 'ok' } },
  downloadFile: {
    call: async (w) => ({ url: `/api/files/${await imageOfFirstSchool(w)}` }),
    expect: ofTheSchool,
  },
  showThumbnail: {
    call: async (w) => ({ url: `/api/files/${await imageOfFirstSchool(w)}/thumbnail` }),
    expect: ofTheSchool,
  },
  withholdPicture: {
    call: async (w) => ({ url: `/api/files/${await makePublicLogo(w)}/withhold`, body: { reason: '家长不同意公开' } }),
    expect: { ...concerned, ...strangers, others: 403 },
  },
  restorePicture: {
    call: async (w) => {
      const id = await makePublicLogo(w)
      await (await w.as('office')).post(`/api/files/${id}/withhold`, { reason: '点错了' })
      return { url: `/api/files/${id}/restore`, body: { reason: '是点错了' } }
    },
    expect: { office: 'ok', secretary: 403, clerk: 403, ...strangers, others: 403 },
  },
  showMedia: {
    call: async (w) => {
      return { url: `/media/${await makePublicLogo(w)}` }
    },
    expect: { visitor: 'ok', others: 'ok' },
  },
}
