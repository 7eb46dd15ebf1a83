import type { DatabaseConnection, Dialect, Driver } from 'kysely'
import { faultOf } from './errors.ts'

/**
 * When a work failed because the disk is full or the connection is gone, taking it back fails too, and that second error would be
 * the one that is told and logged. A transaction that could not be taken back is given up by its own driver. Where the database had
 * not failed before (a refusal), the failed taking back is the first that is heard of it and is told.
 */
export const originalErrors = (dialect: Dialect): Dialect => ({
  createDriver: () => keepingOriginal(dialect.createDriver()),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
})

function keepingOriginal(driver: Driver): Driver {
  const noted = new WeakSet<DatabaseConnection>()
  const failed = new WeakSet<DatabaseConnection>()
  const acquire = driver.acquireConnection.bind(driver)
  const begin = driver.beginTransaction.bind(driver)
  const rollback = driver.rollbackTransaction.bind(driver)
  driver.acquireConnection = async (options) => {
    const connection = await acquire(options)
    if (!noted.has(connection)) noteFailures(connection, failed)
    noted.add(connection)
    return connection
  }
  driver.beginTransaction = async (connection, settings) => {
    failed.delete(connection)
    await begin(connection, settings)
  }
  driver.rollbackTransaction = async (connection) => {
    const failedBefore = failed.has(connection)
    try {
      await rollback(connection)
    } catch (error) {
      if (!failedBefore) throw error
    }
  }
  return driver
}

/** What breaks a rule of the tables is an answer of a database that works. */
const ANSWERS = new Set(['unique', 'foreignKey', 'notNull'])

function noteFailures(connection: DatabaseConnection, failed: WeakSet<DatabaseConnection>): void {
  const execute = connection.executeQuery.bind(connection)
  connection.executeQuery = async (query, options) => {
    try {
      return await execute(query, options)
    } catch (error) {
      if (!ANSWERS.has(faultOf(error) ?? '')) failed.add(connection)
      throw error
    }
  }
}
