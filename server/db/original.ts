import type { Dialect, Driver } from 'kysely'

/**
 * When a work failed because the disk is full or the connection is gone, taking it back fails too, and that second error would be
 * the one that is told and logged. A transaction that could not be taken back is given up by its own driver.
 */
export const originalErrors = (dialect: Dialect): Dialect => ({
  createDriver: () => keepingOriginal(dialect.createDriver()),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
})

function keepingOriginal(driver: Driver): Driver {
  const rollback = driver.rollbackTransaction.bind(driver)
  driver.rollbackTransaction = (connection) => rollback(connection).catch(() => undefined)
  return driver
}
