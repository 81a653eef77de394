/* Packs the package as it is published, into the folder of the repository: npm run package. */
import { relative } from 'node:path'
import { root } from './launch/repository.ts'
import { packPackage } from './launch/stage.ts'

console.log(relative(process.cwd(), await packPackage(root)))
