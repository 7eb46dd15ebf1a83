/**
 * The conditions in the address bar as it stands. React shows a change of the address a moment later, so what is changed next begins
 * from here: else the second of two quick changes takes the first one back.
 */
export const addressNow = (): URLSearchParams => new URLSearchParams(location.search)
