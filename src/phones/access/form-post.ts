import type { PhoneSession, Page } from '../../transport/session/session.js';
import { originOf } from '../../transport/connection/endpoint.js';
import { formTarget } from '../form-target.js';
import { formBody, type FormBody, type Pair } from '../multiplatform/form-body.js';

/** A form that is ready to leave. */
export interface FormPost extends FormBody {
  path: string;
}

/** No part of a password, and longer than anything that is typed in. */
const boundary = `----fleet-migrate-${'sign-in-'.repeat(3)}`;

/** A filled-in form as it is posted; `null` where it would go to another host, scheme or port, or in an unknown encoding. */
export function formPost(
  form: { action: string; enctype: string },
  pairs: readonly Pair[],
  page: Page,
  { endpoint, host }: Pick<PhoneSession, 'endpoint' | 'host'>,
): FormPost | null {
  const path = formTarget(form.action, page.path, originOf({ host, endpoint }));
  const body = formBody(pairs, form.enctype, page.charset, boundary);
  return path === null || !body ? null : { ...body, path };
}
