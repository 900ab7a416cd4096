import { describe, expect, it } from 'vitest';
import { allowedAttributes, allowedTags, contentIdKey, hasOwnColours, linkHint, linkTarget, pictureDecision, plainLinkHint, safeStyle } from '../../../renderer/screens/incoming-email/html-policy.ts';

describe('closed lists of the sanitiser', () => {
  it('let no element run, load, submit or frame', () => {
    for (const tag of ['script', 'style', 'iframe', 'frame', 'object', 'embed', 'applet', 'form', 'input', 'button', 'select', 'textarea', 'link', 'meta', 'base', 'svg', 'math', 'video', 'audio', 'source', 'picture', 'portal', 'template', 'dialog', 'map', 'area'])
      expect(allowedTags).not.toContain(tag);
  });

  it('let no attribute act, name or load but href and src', () => {
    for (const name of ['onerror', 'onload', 'onclick', 'id', 'name', 'class', 'srcdoc', 'srcset', 'action', 'formaction', 'background', 'poster', 'ping', 'target', 'xlink:href', 'usemap', 'data', 'is', 'slot', 'autofocus', 'tabindex', 'contenteditable', 'popover'])
      expect(allowedAttributes).not.toContain(name);
    expect(allowedAttributes.filter((name) => name.startsWith('on'))).toEqual([]);
  });
});

describe('linkTarget', () => {
  it.each(['https://moesk.ru/a?b=1#c', 'https://пример.рф/путь', 'mailto:a@b.ru', 'tel:+74955861140'])('lets %s', (href) => {
    expect(linkTarget(href)).not.toBeNull();
  });

  it.each([
    'http://a.example/x', 'javascript:alert(1)', ' java\nscript:alert(1)', 'JaVaScRiPt:alert(1)', '\u0001javascript:alert(1)', 'vbscript:x', 'data:text/html,<script>alert(1)</script>', 'file:///etc/passwd', '\\\\server\\share', '//server/share', 'app://okno/index.html',
    'blob:https://a/b', 'view-source:https://a', 'ms-msdt:/id', 'search-ms:query=x', 'https://', 'http:/a', '#top', '/etc/passwd', '', 'cid:a', 'ftp://a/b', 'intent://x',
  ])('refuses %j', (href) => {
    expect(linkTarget(href)).toBeNull();
  });

  it('says where an unprotected link leads', () => {
    expect(plainLinkHint('http://a.example/x')).toContain('http://a.example/x');
    expect(plainLinkHint('javascript:alert(1)')).toBeNull();
  });

  it('names the true host', () => {
    expect(linkHint('https://moesk.ru@evil.example/moesk.ru')).toContain('Откроется evil.example');
    expect(linkHint('mailto:a@b.ru')).toBe('mailto:a@b.ru');
  });
});

describe('pictureDecision', () => {
  const inline = new Map([[contentIdKey('<Logo%201@x>'), 'app://file/1']]);

  it('shows the letter’s own pictures and raster data', () => {
    expect(pictureDecision('cid:logo 1@X'.replace(' ', '%20'), inline)).toEqual({ kind: 'show', src: 'app://file/1' });
    expect(pictureDecision('data:image/png;base64,iVBORw0KGgo=', inline).kind).toBe('show');
  });

  it('makes outside pictures wait', () => {
    expect(pictureDecision('https://pixel.example.net/open?id=77', inline)).toEqual({ kind: 'remote', src: 'https://pixel.example.net/open?id=77' });
    expect(pictureDecision('//pixel.example.net/a.gif', inline)).toEqual({ kind: 'remote', src: 'https://pixel.example.net/a.gif' });
    expect(pictureDecision('http://pixel.example.net/a.gif', inline)).toEqual({ kind: 'remote', src: 'https://pixel.example.net/a.gif' });
  });

  it.each(['cid:other', 'data:image/svg+xml;base64,PHN2Zz4=', 'data:text/html,a', 'javascript:alert(1)', 'file:///c:/a.png', 'app://okno/x', '\\\\host\\a.png', '///etc', 'blob:x', '', '%'])('drops %j', (src) => {
    expect(pictureDecision(src, inline)).toEqual({ kind: 'drop' });
  });
});

describe('safeStyle', () => {
  it('keeps looks', () => {
    expect(safeStyle('color: #666; FONT-SIZE:12px ; background-color: rgb(1, 2, 3)')).toBe('color:#666;font-size:12px;background-color:rgb(1, 2, 3)');
  });

  it.each([
    'background:url(https://a/b.png)', 'background:URL (x)', 'background-image:image-set("a" 1x)', 'width:expression(alert(1))', 'position:fixed', 'inset:0', 'z-index:9', 'behavior:url(#x)', '-moz-binding:url(x)', 'color:\\75 rl(x)', 'content:"x"',
    'filter:blur(1px)', 'font-family:a}body{display:none', 'color:var(--x)', 'width:calc(1px)', 'back/**/ground:url(x)', 'color:red</style><script>', 'cursor:url(x)', 'list-style-image:url(x)', '--x:1', 'transform:scale(9)', 'display:contents', 'opacity:0', 'src:url(a)',
    'background:/* */url/**/(https://a)', 'pointer-events:none', 'animation:x 1s', '@import "x"',
  ])('drops %j', (style) => {
    expect(safeStyle(style)).toBe('');
  });
});

describe('hasOwnColours', () => {
  it('tells a painted letter from a plain one', () => {
    expect(hasOwnColours('<p style="color:#d00">a</p>')).toBe(true);
    expect(hasOwnColours('<td bgcolor=red>a</td>')).toBe(true);
    expect(hasOwnColours('<p>Какого цвета провод?</p>')).toBe(false);
  });
});
