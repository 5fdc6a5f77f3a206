/**
 * The next calls of a method go on only when there are so many of them, so that all have read what they read before and none what another writes.
 * @param counts  which calls are meant; others go on at once
 * @returns puts the method back
 */
export function together<T extends object>(
  service: T,
  method: keyof T & string,
  count: number,
  counts: (...given: unknown[]) => boolean = () => true,
): () => void {
  const real = service[method] as (...given: unknown[]) => unknown
  let open: () => void = () => undefined
  const allHere = new Promise<void>(resolve => {
    open = resolve
  })
  let here = 0
  const value = async (...given: unknown[]) => {
    if (!counts(...given)) return real.apply(service, given)
    here += 1
    if (here === count) open()
    await allHere
    return real.apply(service, given)
  }
  Object.defineProperty(service, method, { configurable: true, value })
  return () => void Reflect.deleteProperty(service, method)
}
