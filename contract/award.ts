import { z } from 'zod'
import {
  date,
  endpoint,
  filled,
  id,
  idParams,
  inYear,
  pageOf,
  pageQuery,
  refusalShape,
  text,
  yearQuery,
} from './endpoint.ts'

const moves = z.record(z.string(), z.array(refusalShape))
const reason = z.strictObject({ reason: filled(500) })
const office = ['office'] as const

const awardRow = z.strictObject({
  id: z.string(),
  schoolId: z.string(),
  schoolName: z.string(),
  stage: z.string(),
  brandName: z.string(),
  grade: z.string(),
  state: z.string(),
  certificateNumber: z.string().nullable(),
  documentNumber: z.string().nullable(),
  conferredOn: z.string().nullable(),
  validUntil: z.string().nullable(),
  revokedReason: z.string().nullable(),
  moves,
})

/** The state of naming in the open year, from the sealed result to the conferral, with what is left to do. */
export const readNaming = endpoint({
  name: 'readNaming',
  method: 'GET',
  path: '/api/naming',
  summary: '命名表彰办理情况',
  access: office,
  query: yearQuery,
  reply: z.strictObject({
    cycleId: z.string(),
    cycleTitle: z.string(),
    awardTitle: z.string(),
    grades: z.array(z.string()),
    quota: z.strictObject({ most: z.int(), reason: z.string() }),
    result: z.strictObject({ id: z.string(), state: z.string(), minutes: z.string().nullable() }).nullable(),
    candidates: z.array(
      z.strictObject({ applicationId: z.string(), schoolName: z.string(), stage: z.string(), brandName: z.string() }),
    ),
    awards: z.array(awardRow),
    notice: z.strictObject({ id: z.string(), state: z.string(), endsOn: z.string().nullable() }).nullable(),
    decideReasons: z.array(refusalShape),
    noticeReasons: z.array(refusalShape),
    conferReasons: z.array(refusalShape),
  }),
})

export const decideResult = endpoint({
  name: 'decideResult',
  method: 'POST',
  path: '/api/results/:id/decide',
  summary: '登记审定会议的决定：会议纪要和拟命名名单',
  access: office,
  params: idParams,
  body: z.strictObject({
    heldOn: date,
    attendees: filled(500),
    minutes: filled(3000),
    grades: z.array(z.strictObject({ applicationId: id, grade: filled(20) })).max(1000),
  }),
})

export const draftNotice = endpoint({
  name: 'draftNotice',
  method: 'POST',
  path: '/api/notices',
  summary: '由审定结果起草公示，名单按学段、不排名次',
  access: office,
  query: yearQuery,
  reply: z.strictObject({ id: z.string() }),
})

const noticeShape = z.strictObject({
  id: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.string(),
  postedOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  updatedAt: z.string(),
  names: z.array(
    z.strictObject({
      stage: z.string(),
      schools: z.array(z.strictObject({ schoolName: z.string(), brandName: z.string() })),
    }),
  ),
  openObjections: z.int(),
  moves,
})

export const readNotice = endpoint({
  name: 'readNotice',
  method: 'GET',
  path: '/api/notices/:id',
  summary: '一份公示',
  access: office,
  params: idParams,
  reply: noticeShape,
})

export const saveNotice = endpoint({
  name: 'saveNotice',
  method: 'PUT',
  path: '/api/notices/:id',
  summary: '修改公示文字',
  access: office,
  params: idParams,
  body: z.strictObject({ title: filled(100), body: filled(3000), updatedAt: z.string() }),
  reply: z.strictObject({ updatedAt: z.string() }),
})

export const postNotice = endpoint({
  name: 'postNotice',
  method: 'POST',
  path: '/api/notices/:id/post',
  summary: '发布公示，按工作日历算出截止日',
  access: office,
  params: idParams,
  reply: z.strictObject({ endsOn: z.string() }),
})

export const endNotice = endpoint({
  name: 'endNotice',
  method: 'POST',
  path: '/api/notices/:id/end',
  summary: '结束公示',
  access: office,
  params: idParams,
})

const objectionRow = z.strictObject({
  id: z.string(),
  noticeTitle: z.string(),
  schoolName: z.string().nullable(),
  name: z.string(),
  phone: z.string(),
  content: z.string(),
  state: z.string(),
  receivedAt: z.string(),
  handlerName: z.string().nullable(),
  admission: z.string(),
  decision: z.string(),
  reply: z.string(),
  moves,
})

export const listObjections = endpoint({
  name: 'listObjections',
  method: 'GET',
  path: '/api/objections',
  summary: '公示期间的异议；核查人只看到指定给自己的',
  access: ['office', 'leader', 'department'],
  query: z.strictObject({ ...pageQuery, ...inYear, state: text(20).default('') }),
  reply: pageOf(objectionRow),
})

const objectionMove = (name: string, path: 'admit' | 'dismiss' | 'decide' | 'reply', summary: string) =>
  endpoint({
    name,
    method: 'POST',
    path: `/api/objections/:id/${path}`,
    summary,
    access: path === 'decide' ? ['office', 'leader', 'department'] : office,
    params: idParams,
    body: z.strictObject({ text: filled(2000) }),
  })

export const admitObjection = objectionMove('admitObjection', 'admit', '受理异议')
export const dismissObjection = objectionMove('dismissObjection', 'dismiss', '不予受理，写明理由')
export const decideObjection = objectionMove('decideObjection', 'decide', '核查人写明结论和理由')
export const replyObjection = objectionMove('replyObjection', 'reply', '答复异议人')

export const assignObjection = endpoint({
  name: 'assignObjection',
  method: 'POST',
  path: '/api/objections/:id/assign',
  summary: '指定核查人，系统核对回避',
  access: office,
  params: idParams,
  body: z.strictObject({ handlerId: id }),
})

export const listHandlers = endpoint({
  name: 'listHandlers',
  method: 'GET',
  path: '/api/objections/handlers',
  summary: '可以核查异议的局内人员',
  access: office,
  reply: z.array(z.strictObject({ personId: z.string(), name: z.string() })),
})

export const conferAwards = endpoint({
  name: 'conferAwards',
  method: 'POST',
  path: '/api/naming/confer',
  summary: '授予：登记发文字号，生成证书编号',
  access: office,
  body: z.strictObject({ documentNumber: filled(60), conferredOn: date }),
  query: yearQuery,
  reply: z.strictObject({ conferred: z.int() }),
})

export const revokeAward = endpoint({
  name: 'revokeAward',
  method: 'POST',
  path: '/api/awards/:id/revoke',
  summary: '撤销命名，写明理由',
  access: office,
  params: idParams,
  body: reason,
})

export const listOwnAwards = endpoint({
  name: 'listOwnAwards',
  method: 'GET',
  path: '/api/awards/own',
  summary: '本校获得的命名表彰',
  access: ['secretary', 'clerk'],
  query: yearQuery,
  reply: z.array(awardRow),
})

const recommendationRow = z.strictObject({
  id: z.string(),
  schoolName: z.string(),
  brandName: z.string(),
  targetLevel: z.string(),
  state: z.string(),
  digest: z.string().nullable(),
  outcome: z.string(),
  moves,
})

export const listRecommendations = endpoint({
  name: 'listRecommendations',
  method: 'GET',
  path: '/api/recommendations',
  summary: '向市、省推荐的品牌',
  access: office,
  query: yearQuery,
  reply: z.array(recommendationRow),
})

export const selectRecommendation = endpoint({
  name: 'selectRecommendation',
  method: 'POST',
  path: '/api/recommendations',
  summary: '遴选一个已授予的品牌向上推荐',
  access: office,
  body: z.strictObject({ awardId: id, targetLevel: z.enum(['city', 'province']) }),
  reply: z.strictObject({ id: z.string() }),
})

export const moveRecommendation = endpoint({
  name: 'moveRecommendation',
  method: 'POST',
  path: '/api/recommendations/:id/move',
  summary: '成册、上报、登记上级收讫或退回、登记结果',
  access: office,
  params: idParams,
  body: z.strictObject({
    action: z.enum(['package', 'send', 'receive', 'return', 'win', 'lose']),
    note: text(500).default(''),
  }),
})
