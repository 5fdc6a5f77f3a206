const firstMs = 15_000
const longestMs = 3_600_000

/** How long a job waits after its nth failed try: 15 s, 30 s, a minute … an hour. */
export const backOffMs = (attempts: number): number => Math.min(longestMs, firstMs * 2 ** (attempts - 1))
