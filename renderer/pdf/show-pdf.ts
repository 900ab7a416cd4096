import { AnnotationMode, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { EventBus, FindState, PDFFindController, PDFLinkService, PDFViewer } from 'pdfjs-dist/legacy/web/pdf_viewer.mjs';
import type { FromPdf, ToPdf } from '../../shared/protocol/pdf-messages.ts';

/** The viewer's own words are English and for buttons that are not here. */
const noWords = {
  getLanguage: () => 'ru',
  getDirection: () => 'ltr',
  get: () => Promise.resolve(''),
  translate: () => Promise.resolve(),
  translateOnce: () => Promise.resolve(),
  destroy: () => Promise.resolve(),
  pause: () => undefined,
  resume: () => undefined,
};

const smallest = 0.25;
const largest = 4;
const zoomStep = 1.25;

interface Showing {
  readonly pdf: PDFDocumentProxy;
  readonly container: HTMLDivElement;
  readonly tell: (message: FromPdf) => void;
}

/** The whole pages as one scroll, drawn as they come into sight. Answers what runs the screen's wishes. */
export function showPdf({ pdf, container, tell }: Showing): (wish: ToPdf) => void {
  const eventBus = new EventBus();
  const linkService = new PDFLinkService({ eventBus });
  linkService.externalLinkEnabled = false;
  const findController = new PDFFindController({ eventBus, linkService });
  const viewer = new PDFViewer({
    container,
    eventBus,
    linkService,
    findController,
    annotationMode: AnnotationMode.ENABLE,
    annotationEditorMode: -1, // no editing at all
    enableAutoLinking: false,
    l10n: noWords as unknown as NonNullable<ConstructorParameters<typeof PDFViewer>[0]['l10n']>, // its class is not exported; these are all its methods
  });
  linkService.setViewer(viewer);
  const place = (): void => tell({ kind: 'place', page: viewer.currentPageNumber, percent: Math.max(1, Math.round(viewer.currentScale * 100)), fitsWidth: viewer.currentScaleValue === 'page-width' });
  eventBus.on('pagesinit', () => {
    viewer.currentScaleValue = 'auto';
    tell({ kind: 'shown', pages: pdf.numPages });
    place();
  });
  eventBus.on('pagechanging', place);
  eventBus.on('scalechanging', place);
  const found = ({ matchesCount, state }: { readonly matchesCount: { readonly current: number; readonly total: number }; readonly state?: number }): void =>
    tell({ kind: 'found', current: matchesCount.current, total: matchesCount.total, searching: state === FindState.PENDING });
  eventBus.on('updatefindmatchescount', found);
  eventBus.on('updatefindcontrolstate', found);
  viewer.setDocument(pdf);
  linkService.setDocument(pdf);
  // A narrower or wider pane keeps what was chosen: by width stays by width.
  new ResizeObserver(() => {
    const { currentScaleValue } = viewer;
    if (currentScaleValue === 'auto' || currentScaleValue === 'page-width') viewer.currentScaleValue = currentScaleValue;
  }).observe(container);
  const scaleBy = (factor: number): void => {
    viewer.currentScale = Math.min(largest, Math.max(smallest, viewer.currentScale * factor));
  };
  container.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      scaleBy(event.deltaY < 0 ? zoomStep : 1 / zoomStep);
    },
    { passive: false },
  );
  const scrollBy = (share: number): void => container.scrollBy({ top: container.clientHeight * share });
  return (wish) => {
    switch (wish.kind) {
      case 'page':
        viewer.currentPageNumber = Math.min(pdf.numPages, Math.max(1, wish.page));
        break;
      case 'zoom':
        if (wish.to === 'width') viewer.currentScaleValue = 'page-width';
        else if (wish.to === 'actual') viewer.currentScale = 1;
        else scaleBy(wish.to === 'in' ? zoomStep : 1 / zoomStep);
        break;
      case 'move':
        if (wish.by === 'first') container.scrollTop = 0;
        else if (wish.by === 'last') container.scrollTop = container.scrollHeight;
        else scrollBy(wish.by === 'down' ? 0.9 : -0.9);
        break;
      case 'find':
        eventBus.dispatch('find', { source: wish, type: wish.again ? 'again' : '', query: wish.text, phraseSearch: true, caseSensitive: false, entireWord: false, highlightAll: true, findPrevious: wish.back, matchDiacritics: false });
        break;
      case 'theme':
        document.documentElement.toggleAttribute('data-dark', wish.dark);
    }
  };
}
