/**
 * vitest's page over a run, as its user has it: in a headless Chromium where there is one, else by speaking with its server
 * as the page does.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createClient } from '@vitest/ws-client';
import { chromium } from 'playwright-core';
import { expect } from 'vitest';
import { WebSocket } from 'ws';

export interface RunPage {
  /** What it is seen through, for people. */
  readonly through: string;
  /** Waits until the page shows that a test runs. */
  running(): Promise<void>;
  /** Waits until the page shows this test as failed and nothing as running; gives what it says of the failure. */
  failureOf(test: string): Promise<string>;
  /** Has all tests run again. */
  rerun(): Promise<void>;
  close(): Promise<void>;
}

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const QUIET = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const ALONE = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** Nothing is given up before the test itself is. */
const NO_TIMEOUT_MS = 0;

/** Opens the page at the address that vitest printed. */
export async function openRunPage(url: string): Promise<RunPage> {
  const executablePath = findBrowser();
  if (executablePath !== undefined) return openInBrowser(url, executablePath);
  const page = await speakAsPage(url);
  return { ...page, through: `${page.through}, since there is no browser here` };
}

function findBrowser(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => BROWSERS.map((name) => join(folder, name))).find((path) => existsSync(path));
}

async function openInBrowser(url: string, executablePath: string): Promise<RunPage> {
  // Its profile is a new and empty folder.
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [...QUIET, ...ALONE],
    timeout: NO_TIMEOUT_MS,
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(NO_TIMEOUT_MS);
  await page.goto(url);
  const shows = async (text: string) => {
    await expect.poll(() => page.getByText(text).count()).toBe(1);
  };
  return {
    through: `Chromium ${browser.version()}`,
    running: () => shows('RUNNING (1)'),
    failureOf: async (test) => {
      await shows('RUNNING (0)');
      await page
        .getByTestId('explorer-item')
        .and(page.getByLabel(test, { exact: true }))
        .click();
      return page
        .getByTestId('report')
        .filter({ hasText: /(Error|Failed):/ })
        .innerText();
    },
    rerun: () => page.getByTestId('btn-run-all').first().click(),
    close: () => browser.close(),
  };
}

/** The same without a browser. */
export async function speakAsPage(url: string): Promise<RunPage> {
  const html = await (await fetch(url)).text();
  const token = /VITEST_API_TOKEN = "([^"]*)"/.exec(html)?.[1] ?? '';
  const { host } = new URL(url);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it does all that the client asks of a browser's socket
  const WebSocketConstructor = WebSocket as unknown as typeof globalThis.WebSocket;
  const client = createClient(`ws://${host}/__vitest_api__?token=${token}`, {
    autoReconnect: false,
    WebSocketConstructor,
  });
  await client.waitForConnection();
  const tests = async () => (await client.rpc.getFiles()).flatMap((file) => file.tasks);
  return {
    through: 'the WebSocket that the page speaks',
    running: async () => {
      await expect.poll(async () => (await tests()).map(({ result }) => result?.state)).toContain('run');
    },
    failureOf: async (name) => {
      const errors = async () => (await tests()).find((test) => test.name === name)?.result?.errors ?? [];
      await expect.poll(async () => (await tests()).map(({ result }) => result?.state)).not.toContain('run');
      await expect.poll(async () => (await errors()).length).toBeGreaterThan(0);
      return (await errors()).map(({ stack }) => stack).join('\n');
    },
    rerun: async () => client.rpc.rerun((await client.rpc.getFiles()).map(({ filepath }) => filepath)),
    close: async () => client.ws.close(),
  };
}
