import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { bits, der, objectId, sequence, TAG } from './der.ts';

/** A certificate of loopback that nobody signed but itself, good for two days. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** What Chromium takes for `--ignore-certificate-errors-spki-list`: SHA-256 of the public key, as base64. */
  readonly spkiHash: string;
}

const DAY = 86_400_000;
const ECDSA_WITH_SHA256 = sequence(objectId('1.2.840.10045.4.3.2'));

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.1 */
export function createCertificate(now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const name = sequence(
    der(TAG.set, sequence(objectId('2.5.4.3'), der(TAG.utf8, 'Wirescope lab, thrown away'))),
  );
  const validity = sequence(timeOf(now.getTime() - DAY), timeOf(now.getTime() + DAY));
  const body = sequence(
    der(TAG.explicit(0), der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, Buffer.from([1]), randomBytes(8)),
    ECDSA_WITH_SHA256,
    name,
    validity,
    name,
    spki,
    der(TAG.explicit(3), sequence(alternativeNames())),
  );
  const signature = sign('sha256', body, privateKey);
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pem(sequence(body, ECDSA_WITH_SHA256, bits(signature))),
    spkiHash: createHash('sha256').update(spki).digest('base64'),
  };
}

function alternativeNames(): Buffer {
  const names = sequence(
    der(TAG.implicit(2), 'localhost'),
    der(TAG.implicit(7), Buffer.from([127, 0, 0, 1])),
  );
  return sequence(objectId('2.5.29.17'), der(TAG.octets, names));
}

/** `YYMMDDHHMMSSZ` */
function timeOf(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/\..*$/u, '').replaceAll(/[-:T]/gu, '');
  return der(TAG.time, `${digits.slice(2)}Z`);
}

function pem(content: Buffer): string {
  const lines = content.toString('base64').replaceAll(/.{64}(?!$)/gu, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
