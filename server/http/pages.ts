/** A page of a list, as asked for in the address: nonsense becomes the first page. */
export function pageNumber(asked: unknown): number {
  const page = typeof asked === 'string' && /^\d{1,7}$/.test(asked) ? Number(asked) : 1
  return Math.max(1, page)
}

interface PaginationOptions {
  previous?: { href: string }
  next?: { href: string }
  items: ({ number: number; href: string; current?: boolean } | { ellipsis: true })[]
}

/**
 * GOV.UK's pagination: the first, the last and the neighbours of the current page. Undefined when there is only one.
 * @param href  the address of a page
 */
export function pagination(page: number, pages: number, href: (page: number) => string): PaginationOptions | undefined {
  if (pages <= 1) return undefined
  const shown = [...new Set([1, page - 1, page, page + 1, pages])].filter(number => number >= 1 && number <= pages).sort((a, b) => a - b)
  const items = shown.flatMap((number, position) => {
    const gap = position > 0 && number - (shown[position - 1] ?? 0) > 1 ? [{ ellipsis: true as const }] : []
    return [...gap, { number, href: href(number), ...(number === page ? { current: true } : {}) }]
  })
  return {
    ...(page > 1 ? { previous: { href: href(page - 1) } } : {}),
    ...(page < pages ? { next: { href: href(page + 1) } } : {}),
    items,
  }
}
