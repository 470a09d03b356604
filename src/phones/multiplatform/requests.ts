import type { FormValues } from '../../domain/plan/plan.js';
import type { UsedMethod } from '../../domain/plan/write-methods.js';
import { readAllFields } from '../../pages/upgrade-form/read.js';
import { readShellForm } from '../../pages/upgrade-form/shell-form.js';
import { prepareDirect } from '../direct/requests.js';
import type { AdminView } from './admin-view.js';
import { type FieldChanges, fieldChanges } from './field-changes.js';
import { formPost, type Pair } from './form-body.js';
import { nothingToChange, type Prepared, type Problem, refererOr, type RequestTools } from './prepared.js';

/** Prepares one try from the page as it is now. */
export function prepare(view: AdminView, one: UsedMethod, set: FormValues, tools: RequestTools): Prepared | Problem {
  switch (one.way) {
    case 'partial-form':
    case 'full-form':
      return preparePost(view, one, set, tools);
    case 'resync':
    case 'upgrade':
    case 'xml-post':
      return prepareDirect(view, one, set, tools);
  }
}

function preparePost(
  view: AdminView,
  { way, referer }: UsedMethod,
  set: FormValues,
  tools: RequestTools,
): Prepared | Problem {
  const { form, page } = view;
  if (!form) return { problem: view.problem?.message ?? 'the Firmware Upgrade section was not found for certain' };
  const wanted = fieldChanges(form, set);
  if (!wanted) return { problem: 'a field or its option is not in the form' };
  if (wanted.changes.length === 0) return nothingToChange;
  const pairs = way === 'partial-form' ? wanted.pairs : wholeForm(view, wanted, tools);
  if (pairs.length === 0) return { problem: 'the page does not show the whole form' };
  // The form was judged when the page was read; check again before anything is sent.
  const request = form.method === 'post' ? formPost(form, pairs, page, tools.origin) : null;
  if (!request) return { problem: 'the form does not post to this phone' };
  return {
    changes: wanted.changes,
    names: wanted.pairs.map(({ name }) => name).join('&'),
    send: () => ({
      answer: tools.post(request.path, request.body, request.contentType, ...refererOr(referer, tools)),
      offer: null,
    }),
  };
}

/**
 * All fields of the form with ours changed; empty where they are not known. Without password fields, so that none is wiped by a blank or
 * set to its mask. Where scripts fill the page in: the hidden fields and ours.
 */
function wholeForm({ shape, page }: AdminView, { pairs }: FieldChanges, { profile }: RequestTools): Pair[] {
  if (shape === 'json') {
    const shell = readShellForm(page.body);
    return shell ? [...shell.hidden, ...pairs] : [];
  }
  const ours = new Map(pairs.map(({ name, value }) => [name, value]));
  return readAllFields(page.body, profile)
    .filter((field) => !field.password)
    .map(({ name, value }) => ({ name, value: ours.get(name) ?? value }));
}
