import { setTimeout as pause } from 'node:timers/promises';
import type { Cdp } from './cdp.ts';

/** Drives and reads the panel as a person would: trusted clicks and keys, and what stands on the screen. */
export interface PanelHandle {
  evaluate: Cdp['evaluate'];
  /** Waits until the expression is truthy and answers its value. */
  until: <Value = unknown>(expression: string, patience?: number) => Promise<Value>;
  /** The visible text of the first match. */
  text: (selector: string) => Promise<string>;
  /** A trusted click in the middle of the first match; waits until it is there and rests. */
  click: (selector: string) => Promise<void>;
  press: (key: string) => Promise<void>;
  type: (text: string) => Promise<void>;
  reload: () => Promise<void>;
  readonly cdp: Cdp;
}

const PATIENCE = 15_000;

export function createPanelHandle(cdp: Cdp): PanelHandle {
  async function until<Value>(expression: string, patience = PATIENCE): Promise<Value> {
    const deadline = Date.now() + patience;
    for (;;) {
      const value = await cdp.evaluate<Value>(expression);
      if (value) return value;
      if (Date.now() > deadline) throw new Error(`The panel never came to: ${expression}`);
      await pause(25);
    }
  }

  const quote = (selector: string) => JSON.stringify(selector);

  /** The middle of the first match, once it is on the screen, rests for two frames and nothing covers it. */
  async function restingMiddle(selector: string): Promise<{ x: number; y: number }> {
    return until<{ x: number; y: number }>(`(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const find = () => document.querySelector(${quote(selector)});
      const measure = () => {
        const { left, top, width, height } = find()?.getBoundingClientRect() ?? new DOMRect();
        return width === 0 ? null : { x: left + width / 2, y: top + height / 2 };
      };
      find()?.scrollIntoView({ block: 'nearest' });
      const before = measure();
      await frame();
      await frame();
      const after = measure();
      if (before === null || before.x !== after?.x || before.y !== after.y) return null;
      return find().contains(document.elementFromPoint(after.x, after.y)) ? after : null;
    })()`);
  }

  async function click(selector: string): Promise<void> {
    const { x, y } = await restingMiddle(selector);
    const mouse = { x, y, button: 'left', clickCount: 1 };
    await cdp.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseMoved', button: 'none' });
    await cdp.send('Input.dispatchMouseEvent', { ...mouse, type: 'mousePressed' });
    await cdp.send('Input.dispatchMouseEvent', { ...mouse, type: 'mouseReleased' });
  }

  return {
    cdp,
    evaluate: cdp.evaluate,
    until,
    click,
    text: (selector) => until<string>(`document.querySelector(${quote(selector)})?.innerText`),
    press: async (key) => {
      const text = key.length === 1 ? key : key === 'Enter' ? '\r' : undefined;
      const event = { key, code: key, ...(text !== undefined && { text }), ...KEY_CODES[key] };
      await cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event });
      await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    },
    type: async (text) => {
      await cdp.send('Input.insertText', { text });
    },
    reload: async () => {
      await cdp.evaluate('location.reload()').catch(() => undefined);
      await pause(0);
    },
  };
}

/** Keys that Chromium recognises by their Windows code only. */
const KEY_CODES: Record<string, { windowsVirtualKeyCode: number }> = {
  Enter: { windowsVirtualKeyCode: 13 },
  Escape: { windowsVirtualKeyCode: 27 },
  ArrowLeft: { windowsVirtualKeyCode: 37 },
  ArrowUp: { windowsVirtualKeyCode: 38 },
  ArrowRight: { windowsVirtualKeyCode: 39 },
  ArrowDown: { windowsVirtualKeyCode: 40 },
};
