import { publishFiles } from '#server/features/file/actions.ts'
import { system } from '#domain/actor.ts'
import { PNG, upload } from '#tests/upload.ts'
import type { World } from '#tests/world.ts'
import type { AccessRows } from './row.ts'

async function imageOfFirstSchool(w: World): Promise<string> {
  const { body } = await upload(w, await w.as('clerk'), { name: '活动.png', bytes: PNG })
  return body.id
}

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
  showMedia: {
    call: async (w) => {
      const id = await imageOfFirstSchool(w)
      await w.work(system, (work) => publishFiles(work, [id]))
      return { url: `/media/${id}` }
    },
    expect: { visitor: 'ok', others: 'ok' },
  },
}
