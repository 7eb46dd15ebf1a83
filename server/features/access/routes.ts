import { readMe } from '#contract/session.ts'
import { answer } from '#server/kernel/routes.ts'
import { readMyself } from './store.ts'

export const accessRoutes = [answer(readMe, readMyself)]
