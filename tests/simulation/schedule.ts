interface Event {
  readonly at: number;
  readonly order: number;
  readonly label: string;
  readonly run: () => void;
  cancelled: boolean;
}

function earlier(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** Virtual time and everything that is to happen in it. One event = one step of the simulation. */
export class Schedule {
  now: number;
  steps = 0;
  #order = 0;
  #hash = 0x811c9dc5;
  readonly #heap: Event[] = [];

  constructor(start: number) {
    this.now = start;
  }

  /** Fingerprint of all that happened so far, in its order. */
  get trace(): string {
    return `${this.steps}-${(this.#hash >>> 0).toString(16)}`;
  }

  note(text: string): void {
    for (let n = 0; n < text.length; n++) this.#hash = Math.imul(this.#hash ^ text.charCodeAt(n), 0x01000193);
  }

  /** Runs `run` once after `ms`; the answer cancels. */
  after(ms: number, label: string, run: () => void): () => void {
    const event: Event = { at: this.now + ms, order: this.#order++, label, run, cancelled: false };
    this.#push(event);
    return () => {
      event.cancelled = true;
    };
  }

  /** One event and all that follows from it without waiting; false when nothing is left to happen. */
  async step(): Promise<boolean> {
    let event = this.#pop();
    while (event?.cancelled === true) event = this.#pop();
    if (event === undefined) return false;
    this.now = Math.max(this.now, event.at);
    this.steps += 1;
    this.note(`${event.at}${event.label}`);
    event.run();
    await new Promise((resolve) => setImmediate(resolve)); // all promises that can settle do
    return true;
  }

  #push(event: Event): void {
    const heap = this.#heap;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = heap[up];
      if (parent === undefined || !earlier(event, parent)) break;
      heap[at] = parent;
      at = up;
    }
    heap[at] = event;
  }

  #pop(): Event | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let down = at * 2 + 1;
      let child = heap[down];
      const right = heap[down + 1];
      if (child !== undefined && right !== undefined && earlier(right, child)) {
        child = right;
        down += 1;
      }
      if (child === undefined || !earlier(child, last)) break;
      heap[at] = child;
      at = down;
    }
    heap[at] = last;
    return top;
  }
}
