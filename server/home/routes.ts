import * as contract from '#contract/home/todo.ts'
import { readStart } from '#server/year/beginning/queries.ts'
import { answer } from '#server/kernel/routes.ts'
import { readFigures, readTodoList } from './views.ts'

export const homeRoutes = [
  answer(contract.readTodo, (look) => readTodoList(look)),
  answer(contract.readStart, (look) => readStart(look)),
  answer(contract.readOverview, (look, { query }) => readFigures(look, query.year)),
]
