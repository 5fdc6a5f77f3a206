export const actionStates = ['open', 'under way', 'blocked', 'done', 'dropped'] as const
export type ActionState = (typeof actionStates)[number]

/** From each state the ones that it can become. */
export const transitions: Readonly<Record<ActionState, readonly ActionState[]>> = {
  open: ['under way', 'blocked', 'done', 'dropped'],
  'under way': ['open', 'blocked', 'done', 'dropped'],
  blocked: ['under way', 'done', 'dropped'],
  done: ['under way'],
  dropped: ['open'],
}

/** Of these something is still to be done. */
export const openStates: readonly ActionState[] = ['open', 'under way', 'blocked']
