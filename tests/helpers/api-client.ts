import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenAPIV3_1 } from 'openapi-types';
import { openApiPath } from '../../server/routes/openapi.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Another program with a token. Every answer is checked against the published description: one that does not conform fails the test. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string;
  readonly #description: ApiDescription;

  constructor(url: string, token: string, description: ApiDescription) {
    this.#url = url;
    this.#token = token;
    this.#description = description;
  }

  get(at: string, signal?: AbortSignal): Promise<ApiAnswer> {
    return this.#call('GET', at, undefined, signal);
  }

  post(at: string, body: unknown): Promise<ApiAnswer> {
    return this.#call('POST', at, body);
  }

  async #call(method: string, at: string, body?: unknown, signal: AbortSignal | null = null): Promise<ApiAnswer> {
    const response = await fetch(this.#url + at, {
      method,
      signal,
      headers: { ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as ApiAnswer['body']; // checked next
    this.#description.check(method, at, response.status, answer);
    return { status: response.status, headers: response.headers, body: answer };
  }
}

/** The published description, as a judge of answers. */
export class ApiDescription {
  readonly document: OpenAPIV3_1.Document;
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false });
  readonly #known = new Map<string, ValidateFunction>();

  constructor(document: OpenAPIV3_1.Document) {
    this.document = document;
    this.#ajv.addSchema({ $id: 'api', ...document });
  }

  /** Throws unless the answer is described for this route and status and fits its schema. */
  check(method: string, at: string, status: number, body: unknown): void {
    const path = at.split('?')[0] ?? '';
    const template = Object.keys(this.document.paths ?? {}).filter((known) => new RegExp(`^${known.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)).toSorted((a, b) => a.split('{').length - b.split('{').length)[0];
    const place = template === undefined ? undefined : this.document.paths?.[template];
    const responses = place?.[method.toLowerCase() as 'get' | 'post' | 'put']?.responses ?? {};
    const answers = Object.hasOwn(responses, String(status)) ? String(status) : `${String(status)[0] ?? ''}XX`;
    if (template === undefined || !Object.hasOwn(responses, answers)) throw new Error(`Not described: ${method} ${path} → ${String(status)} ${JSON.stringify(body)}`);
    const pointer = ['paths', template, method.toLowerCase(), 'responses', answers, 'content', 'application/json', 'schema'].map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const validate = this.#known.get(pointer) ?? this.#ajv.compile({ $ref: `api#/${pointer}` });
    this.#known.set(pointer, validate);
    if (!validate(body)) throw new Error(`${method} ${path} → ${String(status)} is not as described: ${this.#ajv.errorsText(validate.errors)}`);
  }
}

export async function apiDescription(url: string): Promise<ApiDescription> {
  const response = await fetch(url + openApiPath);
  return new ApiDescription((await response.json()) as OpenAPIV3_1.Document); // a test validates it
}
