import * as contract from '#contract/showcase/article.ts'
import { act, answer } from '#server/kernel/routes.ts'
import {
  correctArticle,
  deleteArticle,
  draftArticle,
  moveArticle,
  raiseArticleLevel,
  saveArticleText,
} from './actions.ts'
import { articlePages } from './pages.ts'
import { listArticlesOf } from './queries.ts'
import { readArticleDetail } from './views.ts'

export const articleRoutes = [
  ...articlePages,
  act(contract.createArticle, (work, { body }) => draftArticle(work, body)),
  act(contract.saveArticle, (work, { params, body }) => saveArticleText(work, params.id, body)),
  answer(contract.listArticles, (look, { query }) => listArticlesOf(look, query)),
  answer(contract.readArticle, (look, { params }) => readArticleDetail(look, params.id)),
  act(contract.submitArticle, (work, { params, body }) => moveArticle(work, params.id, 'submit', body)),
  act(contract.returnArticle, (work, { params, body }) => moveArticle(work, params.id, 'return', body)),
  act(contract.adoptArticle, (work, { params, body }) => moveArticle(work, params.id, 'adopt', body)),
  act(contract.publishArticle, (work, { params, body }) => moveArticle(work, params.id, 'publish', body)),
  act(contract.deleteArticle, (work, { params }) => deleteArticle(work, params.id)),
  act(contract.correctArticle, (work, { params, body }) => correctArticle(work, params.id, body)),
  act(contract.raiseArticleLevel, (work, { params, body }) => raiseArticleLevel(work, params.id, body)),
  act(contract.withdrawArticle, (work, { params, body }) => moveArticle(work, params.id, 'withdraw', body)),
]
