/**
 * Adds to package-lock.json the builds for other platforms that the registry at hand did not serve: `npm ci` refuses a
 * lock file that names an optional package in one place and lacks it in the other. Run it after an install that left
 * some out (`npm test` says so). It asks no registry: name and version stand in the lock file, the platform in the name.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
/** Word of a package name → what Node calls that processor. */
const PROCESSORS = { amd64: 'x64', x64: 'x64', arm64: 'arm64', arm: 'arm', ia32: 'ia32' };
const OTHER_PROCESSORS = ['ppc64', 'riscv64', 's390x', 'loong64', 'mips64el'];
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const missing = Object.values(lock.packages).flatMap((owner) =>
  Object.entries(owner.optionalDependencies ?? {})
    .filter(([name]) => !(`node_modules/${name}` in lock.packages))
    .map(([name, version]) => [`node_modules/${name}`, platformBuild(name, version, owner)]),
);
const [root, ...packages] = Object.entries(lock.packages);
const sorted = [...packages, ...missing].toSorted(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries([root, ...sorted]);
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${missing.length} entries added\n`);

function platformBuild(name, version, owner) {
  const words = name.split(/[/-]/);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words
    .map((word) => PROCESSORS[word] ?? OTHER_PROCESSORS.find((other) => other === word))
    .find(Boolean);
  const library = words.map((word) => LIBRARIES[word]).find(Boolean);
  if (system === undefined || processor === undefined || !/^\d/.test(version))
    throw new Error(`${name}@${version} is not a build for one platform`);
  return {
    version,
    cpu: [processor],
    ...(owner.dev === true && { dev: true }),
    ...(library !== undefined && { libc: [library] }),
    optional: true,
    os: [system],
  };
}
