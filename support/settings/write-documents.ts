/** `npm run settings-docs`: writes what follows from the table of settings into README.md and .env.example. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { envExample, readmeWith, settingsTable } from './documents.ts';

const inProject = (path: string): string => resolve(import.meta.dirname, '../..', path);

const readme = inProject('README.md');
writeFileSync(readme, readmeWith(readFileSync(readme, 'utf8'), settingsTable()));
writeFileSync(inProject('.env.example'), envExample());
