/** `npm run contracts`: compiles the contracts and writes the build output that is committed. */
import { compileContracts } from './compile.ts';
import { writeBuildOutput } from './build-output.ts';

const compiled = await compileContracts({ takesBuildOutput: false });
const artifacts = Object.fromEntries(
  compiled.names().map((name) => {
    const { contractName, abi, bytecode } = compiled.artifact(name);
    return [name, { contractName, abi: [...abi], bytecode }];
  }),
);
writeBuildOutput({ hash: compiled.hash, artifacts });
