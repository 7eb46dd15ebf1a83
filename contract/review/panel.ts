import { z } from 'zod'
import { endpoint, filled, id, idParams, seen, text, yearQuery } from '#contract/endpoint.ts'

const office = ['office'] as const
export const scoredMethod = z.enum(['documents', 'presentation', 'siteVisit', 'interview'])
const person = z.strictObject({ personId: z.string(), name: z.string() })

export const listPanels = endpoint({
  name: 'listPanels',
  method: 'GET',
  path: '/api/panels',
  summary: '本年度的评审组和评分进度',
  access: office,
  query: yearQuery,
  reply: z.strictObject({
    panels: z.array(
      z.strictObject({
        id: z.string(),
        method: scoredMethod,
        name: z.string(),
        schoolIds: z.array(z.string()),
        stage: z.string(),
        zoneId: z.string().nullable(),
        updatedAt: z.string(),
        reviewers: z.array(person),
        sheets: z.int(),
        submitted: z.int(),
        recused: z.int(),
      }),
    ),
    reviewers: z.array(person),
    admitted: z.int(),
    /** Schools whose applications are admitted, to choose from. */
    schools: z.array(
      z.strictObject({ id: z.string(), name: z.string(), stage: z.string(), zoneId: z.string(), zoneName: z.string() }),
    ),
  }),
})

const scope = {
  schoolIds: z.array(id).max(500).default([]),
  stage: text(20).default(''),
  zoneId: id.nullable().default(null),
}

export const createPanel = endpoint({
  name: 'createPanel',
  once: true,
  method: 'POST',
  path: '/api/panels',
  summary: '建立评审组，选定评哪些学校；不选就是全部',
  access: office,
  body: z.strictObject({ method: scoredMethod, name: filled(40), reviewerIds: z.array(id).max(100), ...scope }),
  query: yearQuery,
  reply: z.strictObject({ id: z.string() }),
})

export const setPanelReviewers = endpoint({
  name: 'setPanelReviewers',
  method: 'PUT',
  path: '/api/panels/:id/reviewers',
  summary: '调整评审组成员',
  access: office,
  params: idParams,
  body: z.strictObject({ reviewerIds: z.array(id).max(100), reason: text(300).default(''), seen }),
})

export const editPanel = endpoint({
  name: 'editPanel',
  method: 'PUT',
  path: '/api/panels/:id',
  summary: '修改评审组的名称和评哪些学校；不再评的学校没有提交的评分表收回',
  access: office,
  params: idParams,
  body: z.strictObject({ name: filled(40), ...scope, reason: text(300).default(''), seen }),
})

export const deletePanel = endpoint({
  name: 'deletePanel',
  method: 'DELETE',
  path: '/api/panels/:id',
  summary: '删除没有提交过评分表的评审组',
  access: office,
  params: idParams,
})

const pair = z.strictObject({ reviewerName: z.string(), schoolName: z.string() })
const assignment = z.strictObject({
  make: z.array(pair),
  skipped: z.array(z.strictObject({ reviewerName: z.string(), schoolName: z.string(), reason: z.string() })),
  kept: z.int(),
  /** Schools that the asker has recused from: somebody else hands out their sheets. */
  hidden: z.int(),
})

export const previewAssignment = endpoint({
  name: 'previewAssignment',
  method: 'GET',
  path: '/api/panels/:id/assignment',
  summary: '预览分配评分表：会发给谁，谁要回避',
  access: office,
  params: idParams,
  reply: assignment,
})

export const assignSheets = endpoint({
  name: 'assignSheets',
  once: true,
  method: 'POST',
  path: '/api/panels/:id/assignment',
  summary: '按预览分配评分表',
  access: office,
  params: idParams,
  reply: assignment,
})
