/**
 * Makes the content of an element like what it is to be, and changes only what is another: whoever has a link in focus, or some text selected, keeps
 * it. What a row is about stands in its `data-key`, so that it stays that row wherever it moves to.
 */
export function morph(place: Element, content: ParentNode & Node): void {
  const focused = document.activeElement;
  bring(place, content);
  // A node that is moved loses it.
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused)
    focused.focus({ preventScroll: true });
}

function bring(from: Node, to: Node): void {
  const wanted = new Set([...to.childNodes].map(keyOf));
  for (const node of [...from.childNodes]) if (keyOf(node) !== null && !wanted.has(keyOf(node))) node.remove();
  let at = from.firstChild;
  for (const like of [...to.childNodes]) {
    let kept = at;
    while (kept !== null && !isSame(kept, like)) kept = kept.nextSibling;
    if (kept !== null) change(kept, like);
    if (kept !== null && kept === at) at = at.nextSibling;
    else from.insertBefore(kept ?? like, at);
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

function isSame(one: Node, other: Node): boolean {
  return one.nodeName === other.nodeName && keyOf(one) === keyOf(other);
}

function keyOf(node: Node): string | null {
  return node instanceof Element ? node.getAttribute('data-key') : null;
}

function change(node: Node, like: Node): void {
  if (node.isEqualNode(like)) return;
  if (!(node instanceof Element && like instanceof Element)) {
    node.nodeValue = like.nodeValue;
    return;
  }
  for (const { name, value } of like.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  for (const { name } of [...node.attributes])
    // Whoever reads the page has opened it.
    if (!like.hasAttribute(name) && !(name === 'open' && node.nodeName === 'DETAILS')) node.removeAttribute(name);
  bring(node, like);
}
