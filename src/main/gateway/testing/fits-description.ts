import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { openApiDocument } from '../open-api';
import type { GatewayAnswer } from './office';

interface Response {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Readonly<Record<string, unknown>>;
  }[];
  readonly responses: Readonly<Record<string, Response>>;
}

/** The operations of a document: one per method and address. */
export function operationsOf(
  document: ReturnType<typeof openApiDocument>,
): readonly { readonly method: string; readonly path: string; readonly operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
}

/** Says what of an answer the document does not describe; an address it does not name may only be refused. */
export function descriptionCheck(
  document: ReturnType<typeof openApiDocument>,
): (method: string, target: string, answer: GatewayAnswer) => string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'document', components: document.components });
  const validators = new Map<object, ValidateFunction>();
  const validatorOf = (schema: object): ValidateFunction => {
    const made = validators.get(schema) ?? ajv.compile(withIds(schema));
    validators.set(schema, made);
    return made;
  };
  const operations = operationsOf(document).map((one) => ({ ...one, pattern: patternOf(one.path) }));

  return (method, target, answer) => {
    const [path = ''] = target.split('?');
    const spoken = method === 'HEAD' ? 'GET' : method;
    const found = operations.find((one) => one.method === spoken && one.pattern.test(path))?.operation;
    const responses = found?.responses ?? {};
    // Before any address is looked at, a request may be refused for its method, body or bytes.
    const response = responses[String(answer.status)] ?? responses['default'];
    const isRefusal = response === undefined;
    if (isRefusal && answer.status < 400) return `${method} ${target}: ${answer.status} is not described`;
    if (method === 'HEAD' || answer.status === 204 || answer.status === 304)
      return answer.body === '' ? undefined : `${method} ${target}: a body where none may be`;
    const type = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    const content = isRefusal ? refusalContent : response.content;
    const schema = (content?.[type] ?? content?.['*/*'])?.schema;
    if (schema === undefined) return `${method} ${target}: ${answer.status} ${type} is not described`;
    const validate = validatorOf(schema);
    return validate(answer.json) ? undefined : `${method} ${target}: ${ajv.errorsText(validate.errors)}`;
  };
}

const refusalContent: NonNullable<Response['content']> = {
  'application/json': { schema: { $ref: '#/components/schemas/Error' } },
};

const withIds = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object;

function patternOf(path: string): RegExp {
  const steps = path.split('/').map((step) => (step.startsWith('{') ? '[^/]+' : step.replaceAll('.', '\\.')));
  return new RegExp(`^${steps.join('/')}$`);
}
