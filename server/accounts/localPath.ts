const anywhere = 'http://here.invalid'

/** An address of this site that somebody may be sent back to, or the home page: never another site's, whatever a browser makes of it. */
export function localPath(asked: unknown): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, anywhere)) return '/'
  const { origin, pathname, search } = new URL(asked, anywhere)
  const leavesOrLoops = origin !== anywhere || pathname.startsWith('//') || pathname.startsWith('/sign-')
  return leavesOrLoops ? '/' : `${pathname}${search}`
}
