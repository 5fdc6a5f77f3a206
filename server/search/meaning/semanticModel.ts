import type { Logger } from 'pino'
import type { Config } from '../../config.ts'
import type { Encoder } from './encoder.ts'
import { UnusableModel } from './modelFolder.ts'
import { openOnnxEncoder } from './onnxEncoder.ts'

/** Whether records are found by meaning, and if not, why. */
export interface SemanticModel {
  encoder?: Encoder
  /** What keeps the model that is set from being used, and what to do. */
  problem?: string
}

/** The model that SEMANTIC_MODEL names. One that cannot be used keeps nobody from searching by words: it is said in the log, and to administrators. */
export async function openSemanticModel({ SEMANTIC_MODEL }: Pick<Config, 'SEMANTIC_MODEL'>, log: Logger): Promise<SemanticModel> {
  if (SEMANTIC_MODEL === undefined) return {}
  try {
    const encoder = await openOnnxEncoder(SEMANTIC_MODEL)
    log.info({ model: encoder.model, dimensions: encoder.dimensions }, 'records are found by meaning too')
    return { encoder }
  } catch (error) {
    if (!(error instanceof UnusableModel)) throw error
    log.error(`${error.message} Until then records are found by words alone.`)
    return { problem: error.message }
  }
}
