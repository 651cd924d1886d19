/** Limits of Binary HTTP messages. */
export const MAX_FIELDS = 128; // field lines of one section
export const MAX_FIELD_BYTES = 32768; // names and values of one section

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const CONNECTION_SPECIFIC = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

export function isToken(s: string): boolean {
  return TOKEN.test(s);
}

/**
 * Collects the lines of one section, and says what is wrong with the first that is not as it must be (RFC 9292 section
 * 3.6): lower-case names, each once, neither pseudo-fields nor specific to a connection, and values that no HTTP/1.1 peer
 * could take for more than one line. Reasons do not quote values.
 */
export class Fields {
  readonly lines = new Map<string, string>();
  #bytes = 0;

  /** The value is one character a byte. */
  add(name: string, value: string): string | undefined {
    this.#bytes += name.length + value.length;
    if (this.#bytes > MAX_FIELD_BYTES || this.lines.size >= MAX_FIELDS)
      return `a field section exceeds ${MAX_FIELDS} lines or ${MAX_FIELD_BYTES} bytes`;
    if (name === "") return "a field name is empty";
    if (!isToken(name) || /[A-Z]/.test(name)) return "a field name is not a lower-case token";
    if (CONNECTION_SPECIFIC.has(name)) return "a field is specific to a connection: " + name;
    if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) return "a field value holds a control character";
    if (/^[ \t]|[ \t]$/.test(value)) return "a field value begins or ends with white space";
    if (this.lines.has(name)) return "a field name occurs twice in a section";
    this.lines.set(name, value);
    return undefined;
  }
}
