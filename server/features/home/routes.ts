import * as contract from '#contract/todo.ts'
import { readStart } from '#server/features/beginning/store.ts'
import { answer } from '#server/kernel/routes.ts'
import { readFigures, readTodoList } from './store.ts'

export const homeRoutes = [
  answer(contract.readTodo, (look) => readTodoList(look)),
  answer(contract.readStart, (look) => readStart(look)),
  answer(contract.readOverview, (look, { query }) => readFigures(look, query.year)),
]
