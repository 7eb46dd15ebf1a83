import { createHook } from 'node:async_hooks'

/**
 * Loaded before every test file. The test runner follows each promise with async hooks, only to say to which test an error belongs that
 * nobody awaited: a sixth of the time of our tests. Without it such an error still fails the run, as its file's.
 */
const hooks: unknown = Object.getPrototypeOf(createHook({}))
if (typeof hooks === 'object' && hooks !== null && 'enable' in hooks)
  hooks.enable = function (this: unknown) {
    return this
  }
