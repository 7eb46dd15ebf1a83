/** The demonstration makes its password at random; a test that signs in gives it this one. */
export const DEMO_PASSWORD = 'Chunfeng-2026-Huayu'
