import { describe, expect, it } from 'vitest';
import { endpointName, endpointOf } from '../../../src/core/endpoint.ts';

describe('an endpoint', () => {
  it('is an address without what changes from try to try', () => {
    expect(endpointOf('wss://shop.test/quotes?token=1#x')).toBe('wss://shop.test/quotes');
    expect(endpointOf('wss://shop.test/quotes#a?b')).toBe('wss://shop.test/quotes');
    expect(endpointOf('wss://shop.test/quotes')).toBe('wss://shop.test/quotes');
    expect(endpointOf('')).toBe('');
  });

  it('has a short name: its path, and its host where that is not the page’s', () => {
    const page = 'https://shop.test/start';
    expect(endpointName('wss://shop.test/quotes', page)).toBe('/quotes');
    expect(endpointName('wss://shop.test', page)).toBe('/');
    expect(endpointName('wss://feed.test:8443/quotes', page)).toBe('feed.test:8443/quotes');
    expect(endpointName('wss://feed.test/quotes', 'about:blank')).toBe('feed.test/quotes');
    expect(endpointName('no address', page)).toBe('no address');
  });
});
