// Array parameters of the statements that write hundreds of rows, as PostgreSQL reads them. The driver would look at every
// element several times over; these know what it is. Never for text that people write.

/** Ids, hexadecimal digits, numbers: what holds no comma, brace, quote, backslash or white space and is not empty. */
export const wordArray = (words: readonly (string | number | null)[]): string =>
  `{${words.map(word => word ?? 'NULL').join()}}`

/** Instants, for a timestamptz[]. */
export const instantArray = (instants: readonly Date[]): string => `{${instants.map(at => at.toISOString()).join()}}`

/**
 * JSON values, for a json[] or jsonb[]. A JSON text holds no control character, so that writing it as JSON once more
 * escapes quotes and backslashes alone, as an array's element wants it.
 */
export const jsonArray = (values: readonly unknown[]): string =>
  `{${JSON.stringify(values.map(value => JSON.stringify(value))).slice(1, -1)}}`
