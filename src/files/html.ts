/** Whether an answer is a web page, which some servers send with status 200 in place of a missing file. */
export function looksLikeHtml(contentType: string, body: Uint8Array): boolean {
  if (contentType === 'text/html' || contentType === 'application/xhtml+xml') return true;
  const start = new TextDecoder('latin1').decode(body.subarray(0, 512)).replace(/^(?:\u00ef\u00bb\u00bf)?\s*/, '');
  return /^(?:<!--[^]*?-->\s*)*(?:<!doctype\s+html|<(?:html|head|body|title|meta|h[1-6]|p|div|center|table|script|style|b|i|a|em|strong|font|span|pre|ul|form|frameset|hr|br|header|main|nav|section|article|aside|footer|link|base|img|svg|iframe|ol|li|dl|button|input|label|code|u|small|big|noscript|template)[\s/>]|<\?xml[^>]*>\s*<!doctype\s+html)/i.test(
    start,
  );
}
