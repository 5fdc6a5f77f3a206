/** MongoDB's refusal of a second record with the same id or unique value. */
export const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 11_000
