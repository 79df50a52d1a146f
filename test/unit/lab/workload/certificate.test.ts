import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createCertificate } from '../../../../src/lab/workload/certificate.ts';
import { der, objectId } from '../../../../src/lab/workload/der.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

test('a certificate is for loopback, by its own key, for two days', () => {
  const { cert, key, spkiHash } = createCertificate(NOW);
  const read = new X509Certificate(cert);
  expect(read.checkHost('localhost')).toBe('localhost');
  expect(read.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(read.checkHost('example.com')).toBeUndefined();
  expect(read.verify(read.publicKey)).toBe(true);
  expect(read.checkPrivateKey(createPrivateKey(key))).toBe(true);
  expect(new Date(read.validFrom)).toEqual(new Date('2026-11-20T12:00:00Z'));
  expect(new Date(read.validTo)).toEqual(new Date('2026-11-22T12:00:00Z'));
  const spki = read.publicKey.export({ type: 'spki', format: 'der' });
  expect(spkiHash).toBe(createHash('sha256').update(spki).digest('base64'));
});

test('each certificate has a key of its own', () => {
  expect(createCertificate(NOW).spkiHash).not.toBe(createCertificate(NOW).spkiHash);
});

test('lengths and object identifiers are written as X.690 says', () => {
  expect(objectId('1.2.840.10045.4.3.2').toString('hex')).toBe('06082a8648ce3d040302');
  expect(der(4, Buffer.alloc(200)).subarray(0, 3).toString('hex')).toBe('0481c8');
  expect(der(4, Buffer.alloc(300)).subarray(0, 4).toString('hex')).toBe('0482012c');
});
