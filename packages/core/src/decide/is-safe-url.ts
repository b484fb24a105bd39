/** Whether a URL cannot run code: it names no scheme, or one of these. Read as browsers do (https://url.spec.whatwg.org). */
export function isSafeUrl(url: string): boolean {
  const [, scheme] = /^[\0- ]*([a-z][a-z\d+.-]*):/i.exec(url.replace(/[\t\n\r]/g, "")) ?? [];
  return !scheme || /^(?:https?|mailto|tel)$/i.test(scheme);
}
