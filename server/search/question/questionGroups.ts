import type { Token } from './questionTokens.ts'

/** Tokens of which one is enough: several when OR stands between them. */
export interface Alternatives {
  tokens: Token[]
  isExcluded: boolean
}

/**
 * Joins what OR stands between. Brackets may hold one such row, or what is left out together; anything else they mean nothing.
 * @returns undefined when OR cannot be read: nothing beside it, different things beside it, or brackets around more than a row
 */
export function alternativesOf(tokens: readonly Token[]): Alternatives[] | undefined {
  const bracketed = leftOutInBrackets(tokens)
  const isOr = (token: Token | undefined) => token !== undefined && token.value === 'OR' && !token.isQuoted && token.field === undefined
  if (!tokens.some(isOr)) return tokens.map(token => ({ tokens: [token], isExcluded: bracketed.has(token) || token.isExcluded }))
  if (!bracketsHoldRows(tokens, isOr)) return undefined
  const groups: Alternatives[] = []
  for (const [at, token] of tokens.entries()) {
    if (isOr(token)) continue
    const last = groups.at(-1)
    const isExcluded = bracketed.has(token) || token.isExcluded
    const isJoined = isOr(tokens[at - 1])
    if (!isJoined || last === undefined) groups.push({ tokens: [token], isExcluded })
    else if (last.isExcluded === isExcluded && (!isExcluded || bracketed.has(token)) && areAlike(last.tokens[0] as Token, token))
      last.tokens.push(token)
    else return undefined
  }
  const dangles = tokens.some((token, at) => isOr(token) && [tokens[at - 1], tokens[at + 1]].some(next => next === undefined || isOr(next)))
  return dangles ? undefined : groups
}

/** Words and phrases go together, and values of one field. */
const areAlike = (a: Token, b: Token) => a.field === b.field && (a.field === undefined || (a.comparison === ':' && b.comparison === ':'))

/** What stands in brackets behind a hyphen. */
function leftOutInBrackets(tokens: readonly Token[]): ReadonlySet<Token> {
  const rows = bracketPairs(tokens).filter(([from]) => tokens[from]?.isExcluded)
  return new Set(rows.flatMap(([from, to]) => tokens.slice(from, to + 1)))
}

function bracketsHoldRows(tokens: readonly Token[], isOr: (token: Token | undefined) => boolean): boolean {
  return bracketPairs(tokens).every(([from, to]) => {
    const within = tokens.slice(from, to + 1)
    const isRow = within.length % 2 === 1 && within.every((token, position) => isOr(token) === (position % 2 === 1))
    return isRow || !(within.some(isOr) || isOr(tokens[from - 1]) || isOr(tokens[to + 1]))
  })
}

/** From which token to which a pair of brackets goes; those without a partner are none. */
function bracketPairs(tokens: readonly Token[]): [from: number, to: number][] {
  const open: number[] = []
  const pairs: [number, number][] = []
  for (const [at, { opens, closes }] of tokens.entries()) {
    for (let bracket = 0; bracket < opens; bracket++) open.push(at)
    for (let bracket = 0; bracket < closes; bracket++) {
      const from = open.pop()
      if (from !== undefined) pairs.push([from, at])
    }
  }
  return pairs
}
