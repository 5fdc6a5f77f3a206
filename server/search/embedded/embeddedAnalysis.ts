export const tokenizer = 'porter unicode61 remove_diacritics 2'

/** Raised when `indexable` or what is kept of a document changes, so that indexes made before are filled anew. */
const version = 3

export const embeddedAnalysis = `${tokenizer}, ${version}`
