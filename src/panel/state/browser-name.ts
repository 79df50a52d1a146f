interface BrandedNavigator {
  userAgent: string;
  userAgentData?: { brands: { brand: string; version: string }[] };
}

/** `Chromium 156`, `Firefox 153.0`: who recorded, for the trace's header. */
export function browserName({ userAgent, userAgentData }: BrandedNavigator): string {
  const brand = userAgentData?.brands.find((candidate) => candidate.brand === 'Chromium');
  if (brand !== undefined) return `Chromium ${brand.version}`;
  return /Firefox\/[\d.]+/u.exec(userAgent)?.[0].replace('/', ' ') ?? 'unknown browser';
}
