import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import ts from 'typescript';
import { urlOf } from './lab-request.ts';

const PAGES: Readonly<Record<string, string>> = {
  '/': 'home.html',
  '/watch': 'watch.html',
  '/zoo': 'zoo.html',
  '/protocols': 'protocols.html',
  '/workers': 'workers.html',
  '/frames': 'frames.html',
  '/frames/leaf': 'frame-leaf.html',
  '/tour': 'tour.html',
  '/workload': 'workload.html',
  '/frames-first': 'frames-first.html',
  '/frames-first/frame': 'frames-first-frame.html',
  '/blank': 'blank.html',
};

/** What pages may import: their own files, and the pure data that they share with the server. */
const SCRIPT =
  /^\/lab\/((?:pages\/[\w-]+|faults|scenarios|sleep|sse-sequence|workload\/(?:lane-row|payload|presets|read-plan|row-columns|schedule|wire-split|workload))\.ts)$/u;

const STYLE = /^\/lab\/pages\/((?:lab|tour|workload)\.css)$/u;

/** Not `no-store`: that would keep the pages out of the back/forward cache. */
const HEADERS = { 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' };

/** Serves the pages; scripts are transpiled file by file on request, nothing is bundled. */
export function servePage(message: IncomingMessage, response: ServerResponse): void {
  const { pathname } = urlOf(message);
  const page = PAGES[pathname];
  const style = STYLE.exec(pathname)?.[1];
  const script = SCRIPT.exec(pathname)?.[1];
  if (page !== undefined) {
    answer(response, 'text/html', fillTemplate(read(`pages/${page}`), message));
  } else if (script !== undefined) {
    answer(response, 'text/javascript', transpile(script));
  } else if (style !== undefined) {
    answer(response, 'text/css', read(`pages/${style}`));
  } else if (pathname === '/favicon.ico') {
    response.writeHead(204, HEADERS).end();
  } else {
    response.writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`the lab has nothing at ${pathname}\n`);
  }
}

function answer(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { ...HEADERS, 'Content-Type': `${type}; charset=utf-8` });
  response.end(body);
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}

function transpile(file: string): string {
  const { outputText } = ts.transpileModule(read(file), {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  });
  return outputText;
}

/**
 * Fills `{{cross-origin}}`, and `<script data-inline="a.ts b.ts">` with these files: one classic script
 * in one scope, because a module would not run before the parser goes on.
 */
function fillTemplate(html: string, message: IncomingMessage): string {
  return html
    .replaceAll('{{cross-origin}}', () => crossOriginOf(message))
    .replace(/data-inline="([^"]+)">/gu, (_match, files: string) => {
      const code = files
        .split(' ')
        .map((file) => withoutModuleSyntax(transpile(`pages/${file}`)))
        .join('\n')
        .replaceAll('</script', '<\\/script');
      return `>\n(() => {\n${code}})();\n`;
    });
}

function withoutModuleSyntax(code: string): string {
  return code
    .replace(/^import [^;]*;$/gmu, '')
    .replace(/^export \{\};$/gmu, '')
    .replace(/^export (?=async |function |const )/gmu, '');
}

/** The lab answers under two names of loopback, which are two origins. */
function crossOriginOf({ headers }: IncomingMessage): string {
  const [, host, port = ''] = /^([^:]+)(:\d+)?$/u.exec(headers.host ?? '') ?? [];
  return `http://${host === 'localhost' ? '127.0.0.1' : 'localhost'}${port}`;
}
