import { readMe } from '#contract/identity/session.ts'
import { answer } from '#server/kernel/routes.ts'
import { readMyself } from './views.ts'

export const accessRoutes = [answer(readMe, readMyself)]
