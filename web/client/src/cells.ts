import { TAG_BYTES } from "./chunks.js";
import { EnvelopeError, malformed } from "./error.js";
import type { Bytes } from "./source.js";

/** The field of an inner request that names the shape of its response. */
export const SHAPE_FIELD = "phallama-shape";

/** Sizes of the frames of a shaped response, in bytes on the wire. */
export const MIN_CELL_BYTES = 256;
export const MAX_CELL_BYTES = 16384;
/** The count of data bytes at the beginning of a cell. */
const HEAD_BYTES = 2;

/** Reports whether a request with these fields asks for a response in cells. */
export function asksForCells(headers: Readonly<Record<string, string>>): boolean {
  const name = Object.keys(headers).find((name) => name.toLowerCase() === SHAPE_FIELD);
  const shape = name === undefined ? "off" : headers[name];
  if (shape !== "off" && shape !== "cell" && shape !== "cbr")
    throw new EnvelopeError("request", `request: ${SHAPE_FIELD} is not one of off, cell and cbr`);
  return shape !== "off";
}

/** Takes the cells of one response apart, in their order. The first says how long all frames are. */
export class CellReader {
  #frame = 0;
  readonly #nonceBytes: number;

  /** Takes the length of what is ahead of the first cell in its frame. */
  constructor(nonceBytes: number) {
    this.#nonceBytes = nonceBytes;
  }

  /** The data of the next cell, a view of it. */
  data(cell: Bytes, final: boolean): Bytes {
    // What a frame has besides its cell: a length of 2 bytes, or of one ahead of the final chunk, and the tag.
    let overhead = TAG_BYTES + (final ? 1 : 2);
    if (this.#frame === 0) {
      overhead += this.#nonceBytes;
      this.#frame = cell.length + overhead;
      if (this.#frame < MIN_CELL_BYTES || this.#frame > MAX_CELL_BYTES)
        throw malformed(
          `the first cell is of a frame of ${this.#frame} bytes, expected ${MIN_CELL_BYTES} to ${MAX_CELL_BYTES}: is the answer without the shape that was asked for?`,
        );
    }
    if (cell.length + overhead !== this.#frame) throw malformed("a cell differs in size from the first");
    const length = (cell[0]! << 8) | cell[1]!;
    const data = cell.subarray(HEAD_BYTES);
    if (length > data.length) throw malformed("a cell says that it holds more than its size");
    if (data.subarray(length).some((byte) => byte !== 0)) throw malformed("the padding of a cell is not zero");
    return data.subarray(0, length);
  }
}
