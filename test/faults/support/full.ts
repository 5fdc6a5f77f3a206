/** `npm run test:faults -- --full` takes the counts of the claims; without it the same tests run in a short form. */
export const isFull = process.argv.includes('--full')

export const inFull = (full: number, short: number): number => (isFull ? full : short)
