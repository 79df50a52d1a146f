import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { isLabEndpoint } from './faults.ts';
import { serveHttpEndpoint } from './http-endpoints.ts';
import { createLabRecorder, type LabLog } from './lab-log.ts';
import { type LabContext, urlOf } from './lab-request.ts';
import { servePage } from './page-server.ts';
import { serveReplay } from './replay/replay-http.ts';
import { createStories } from './stories.ts';
import { createUpgradeHandler } from './websocket-upgrade.ts';
import { createCertificate } from './workload/certificate.ts';
import { serveRuns } from './workload/run-endpoints.ts';
import { createRuns, type Runs } from './workload/runs.ts';

/** The transport lab: one feed over every transport, with faults on demand. */
export interface Lab {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The same pages from another origin: `http://localhost:PORT`. */
  readonly crossOrigin: string;
  readonly log: LabLog;
  /** What a browser is to trust for the runs over TLS, as Chromium's switch takes it. */
  readonly spkiHash: string;
  close: () => Promise<void>;
}

/** Starts a lab on loopback only; `port` 0 takes a free one. */
export async function createLab({ port = 0 }: { port?: number } = {}): Promise<Lab> {
  const recorder = createLabRecorder();
  const context: LabContext = { recorder, stories: createStories() };
  const sockets = new Set<Socket>();
  const certificate = createCertificate(new Date());
  const runs = createRuns(certificate);
  const server = createServer((message, response) => void serve(context, runs, message, response));
  const upgrade = createUpgradeHandler(context);

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (message, socket, head) => {
    if (socket instanceof Socket) upgrade(message, socket, head);
    else socket.destroy();
  });
  server.on('clientError', (_error, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;

  return {
    origin: `http://127.0.0.1:${actualPort}`,
    crossOrigin: `http://localhost:${actualPort}`,
    log: recorder.log,
    spkiHash: certificate.spkiHash,
    close: async () => {
      await runs.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
    },
  };
}

async function serve(
  context: LabContext,
  runs: Runs,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.on('error', () => response.destroy());
  allowEveryOrigin(message, response);
  if (message.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  try {
    const { pathname } = urlOf(message);
    if (isLabEndpoint(pathname)) {
      await serveHttpEndpoint(context, message, response);
    } else if (/^\/replay(?:\/|$)/u.test(pathname)) {
      await serveReplay(message, response);
    } else if (/^\/workload\/runs(?:\/|$)/u.test(pathname)) {
      await serveRuns(runs, message, response);
    } else {
      servePage(message, response);
    }
  } catch (error) {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(`the lab failed: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}

/** Pages of both origins may use every endpoint, with credentials too. */
function allowEveryOrigin(message: IncomingMessage, response: ServerResponse): void {
  const { origin } = message.headers;
  response.setHeader('Vary', 'Origin');
  response.setHeader('Timing-Allow-Origin', '*');
  if (origin === undefined) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Allow-Headers', 'Content-Type, Last-Event-ID, Authorization');
  response.setHeader('Access-Control-Allow-Methods', 'GET, POST, OPTIONS');
}
