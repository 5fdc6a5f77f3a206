import type { RootHookObject } from 'mocha'
import { closeSharedChromium } from './launchChromium.ts'

/** After each file where files run side by side, in processes that go on with others; else at the end of the run. */
export const mochaHooks: RootHookObject = { afterAll: closeSharedChromium }
