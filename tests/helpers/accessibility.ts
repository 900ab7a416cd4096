import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The frames of letters and PDF files are documents of strangers; nothing can run in them. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the screen as it is now, one readable line each; only what depends on the theme if told so. */
export async function violations(page: Page, themeOnly = false): Promise<readonly string[]> {
  // What is still fading in or out has not its colours yet.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  // Through the debugger's wire: the page itself lets in no script but its own.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await source);
  const { violations: found } = await page.evaluate(
    (runOnly) => (window as unknown as { readonly axe: { readonly run: (context: Document, options: unknown) => Promise<AxeResults> } }).axe.run(document, { runOnly, iframes: false, resultTypes: ['violations'] }), // evaluated above
    themeOnly ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: tags },
  );
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ target, html, failureSummary }) => `${id}: ${help} | ${target.join(' ')} | ${html.slice(0, 160)} | ${(failureSummary ?? '').replaceAll(/\s+/g, ' ')}`));
}

/** Names of the controls that Tab reaches in the document or list on top, and whether each looks different while it has the focus. */
export async function focusLooks(page: Page, steps: number): Promise<readonly { readonly name: string; readonly marked: boolean }[]> {
  const looks: { name: string; marked: boolean }[] = [];
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    looks.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement)) return { name: 'nothing', marked: false };
        const look = (): string =>
          [element, element.parentElement, element.closest('.okno-input'), element.nextElementSibling, element.querySelector('[data-selected=true]')]
            .map((one) => {
              if (one === null) return '';
              const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
              return `${outlineStyle === 'none' ? '' : `${outlineWidth} ${outlineColor}`} ${boxShadow}`;
            })
            .join();
        const name = element.getAttribute('aria-label') ?? (element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined) ?? element.textContent;
        const focused = look();
        element.blur();
        const marked = look() !== focused;
        element.focus({ preventScroll: true });
        return { name: `${element.tagName.toLowerCase()} ${name.slice(0, 60)}`, marked };
      }),
    );
  }
  return looks;
}

/** Buttons, tabs, labels and headings that are not seen whole: cut by what holds them, or over the edge of the window. What ends in «…» by design is not counted. */
export async function cutTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const isCut = (element: HTMLElement): string | null => {
      const box = element.getBoundingClientRect();
      if (element.scrollWidth > element.clientWidth + 1 && !['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && getComputedStyle(element).textOverflow !== 'ellipsis') return 'wider than its place';
      let scrollsX = false;
      let scrollsY = false;
      for (let holder = element.parentElement; holder !== null; holder = holder.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(holder);
        const frame = holder.getBoundingClientRect();
        if (overflowX === 'auto' || overflowX === 'scroll') scrollsX = true;
        if (overflowY === 'auto' || overflowY === 'scroll') scrollsY = true;
        if (overflowX === 'hidden' && !scrollsX && (box.left < frame.left - 1 || box.right > frame.right + 1)) return `cut by ${holder.className}`;
        if (overflowY === 'hidden' && !scrollsY && (box.top < frame.top - 1 || box.bottom > frame.bottom + 1)) return `cut by ${holder.className}`;
      }
      return null;
    };
    return [...document.querySelectorAll<HTMLElement>('button, [role=tab], label, h1, h2')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.className.includes('visually-hidden'))
      .flatMap((element) => {
        const cut = isCut(element);
        return cut === null ? [] : [`${element.tagName.toLowerCase()}.${element.className} «${(element.textContent || (element.ariaLabel ?? '')).slice(0, 60)}»: ${cut}`];
      });
  });
}

/** Frames without any change of the page after which it is taken to stand: a list has been asked, answered and drawn well within them. */
const framesOfRest = 30;

/** The page has come to rest: nothing of it changed for so many frames in a row. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(
    (frames) =>
      new Promise<void>((resolve) => {
        let left = frames;
        const changes = new MutationObserver(() => {
          left = frames;
        });
        changes.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        const next = (): void => {
          left -= 1;
          if (left > 0) {
            requestAnimationFrame(next);
            return;
          }
          changes.disconnect();
          resolve();
        };
        requestAnimationFrame(next);
      }),
    framesOfRest,
  );
}
