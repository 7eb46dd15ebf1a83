import fastify from 'fastify'
import { type Route, schemaOf } from './routes.ts'

const described = new WeakMap<readonly Route[], Promise<unknown>>()

/**
 * The API as OpenAPI 3.1, made when somebody asks for it: what describes the endpoints (with a reader of YAML) would otherwise be
 * loaded at every start. The routes are mounted once more on an instance that serves nobody.
 */
export function describeApi(routes: readonly Route[]): Promise<unknown> {
  const known = described.get(routes)
  if (known) return known
  const made = describe(routes)
  described.set(routes, made)
  return made
}

async function describe(routes: readonly Route[]): Promise<unknown> {
  const { default: swagger } = await import('@fastify/swagger')
  const { jsonSchemaTransform, serializerCompiler, validatorCompiler } = await import('fastify-type-provider-zod')
  const app = fastify({ logger: false })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { title: '一校一品 API', version: '1' } },
    transform: jsonSchemaTransform,
  })
  for (const route of routes)
    app.route({
      method: route.method,
      url: route.path,
      exposeHeadRoute: false,
      schema: schemaOf(route),
      handler: () => undefined,
    })
  await app.ready()
  const body = app.swagger()
  await app.close()
  return body
}
