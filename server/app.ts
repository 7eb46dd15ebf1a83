import type { FastifyInstance } from 'fastify'
import { accessRoutes } from './features/access/routes.ts'
import { fileRoutes } from './features/file/routes.ts'
import { openHttp } from './kernel/http.ts'
import type { Route } from './kernel/routes.ts'
import type { House } from './kernel/work.ts'

/** Every endpoint and page of the product, one line per feature; the access matrix walks this list. */
export const routes: readonly Route[] = [...accessRoutes, ...fileRoutes]

export function openApp(house: House, options: { strictReplies?: boolean } = {}): Promise<FastifyInstance> {
  return openHttp(house, {
    routes,
    errorPage: (_exchange, problem) => `<!doctype html><html lang="zh-CN"><title>${problem.code}</title></html>`,
    ...options,
  })
}
