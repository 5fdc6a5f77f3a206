/** A call to come fails, as when the database goes away: the next one, or the one after so many. */
export function failOnce<T extends object>(service: T, method: keyof T & string, at = 1): void {
  const own = Object.getOwnPropertyDescriptor(service, method)
  const real = service[method] as (...given: unknown[]) => unknown
  let calls = 0
  Object.defineProperty(service, method, {
    configurable: true,
    value: (...given: unknown[]) => {
      if (++calls < at) return real.apply(service, given)
      if (own === undefined) delete service[method]
      else Object.defineProperty(service, method, own)
      throw new Error('the database is away')
    },
  })
}
