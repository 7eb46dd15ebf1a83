import {
  type BinaryOperationNode,
  type Dialect,
  OperatorNode,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  ValueListNode,
} from 'kysely'

/** PostgreSQL takes no `in ()`: among none is nothing, outside of none is everything. SQLite says the same by itself. */
export const withEmptyLists = (dialect: Dialect): Dialect => ({
  createDriver: () => dialect.createDriver(),
  createQueryCompiler: () => new EmptyListCompiler(),
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
})

/** Kysely's own plugin would walk every query once more, and looks into no query within a query. */
class EmptyListCompiler extends PostgresQueryCompiler {
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const answer = isEmptyList(node) ? ANSWERS[operatorOf(node)] : undefined
    if (answer === undefined) super.visitBinaryOperation(node)
    else this.append(answer)
  }
}

const ANSWERS: Record<string, string> = { in: 'false', 'not in': 'true' }

const operatorOf = ({ operator }: BinaryOperationNode): string => (OperatorNode.is(operator) ? operator.operator : '')

const isEmptyList = ({ rightOperand }: BinaryOperationNode): boolean =>
  (PrimitiveValueListNode.is(rightOperand) || ValueListNode.is(rightOperand)) && rightOperand.values.length === 0
