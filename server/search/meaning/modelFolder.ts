import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export const modelFile = 'model.onnx'
export const tokenizerFile = 'tokenizer.json'
const runtime = 'onnxruntime-node'

/** The one version that was tried, as package.json has it. */
export const runtimeCommand = 'npm install --no-save --save-prod onnxruntime-node@1.30.0'

/** The model cannot be used. The message says why, and what to do. */
export class UnusableModel extends Error {}

/** What is in the folder. @throws UnusableModel */
export function modelFilesIn(folder: string): { model: string; tokenizer: string } {
  for (const file of [modelFile, tokenizerFile])
    if (!existsSync(join(folder, file)))
      throw new UnusableModel(`SEMANTIC_MODEL: there is no ${file} in "${folder}". "npm run model -- fetch ${folder}" brings both files.`)
  return { model: join(folder, modelFile), tokenizer: join(folder, tokenizerFile) }
}

/** The address of the package that runs models, which is installed only where one is used. @throws UnusableModel */
export function runtimeAddress(): string {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve(runtime)).href
  } catch {
    throw new UnusableModel(`SEMANTIC_MODEL is set, but the package that runs it is not installed: "${runtimeCommand}" adds it.`)
  }
}
