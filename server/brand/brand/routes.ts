import * as contract from '#contract/brand/brand.ts'
import { act, answer, type Route, show } from '#server/kernel/routes.ts'
import { addArgumentation, correctArgumentation, voidArgumentation } from '#server/brand/argumentation/actions.ts'
import { addBrandCategory, saveBrand } from './actions.ts'
import { exportBrands } from './documents.ts'
import { listBrandRows, readCoverage } from './queries.ts'
import { findNearBrands, readBrandDetail } from './views.ts'

export const brandRoutes: readonly Route[] = [
  answer(contract.listBrands, (look, { query }) => listBrandRows(look, query)),
  answer(contract.readBrandCoverage, (look) => readCoverage(look)),
  answer(contract.findSimilarBrands, (look, { query }) => findNearBrands(look, query)),
  answer(contract.readBrand, (look, { params }) => readBrandDetail(look, params.id)),
  act(contract.saveBrand, (work, { params, body }) => saveBrand(work, params.id, body)),
  act(contract.addArgumentation, (work, { params, body }) => addArgumentation(work, params.id, body)),
  act(contract.correctArgumentation, (work, { params, body }) => correctArgumentation(work, params.id, body)),
  act(contract.voidArgumentation, (work, { params, body }) => voidArgumentation(work, params.id, body)),
  act(contract.addBrandCategory, (work, { body }) => addBrandCategory(work, body.label)),
  show({ name: 'exportBrands', path: '/api/brands.xlsx', access: contract.listBrands.access }, exportBrands),
]
