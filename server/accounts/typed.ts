/** One field of what somebody typed, to be shown again: a field sent twice or not at all is empty. */
export const typedText = (typed: Record<string, unknown>, field: string): string => {
  const value = typed[field]
  return typeof value === 'string' ? value : ''
}
