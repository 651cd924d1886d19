"""Reads the GGUF files that train.py writes: merges and tensors (F32, F16, Q8_0)."""
import struct
import numpy as np

def read_gguf(path):
    b = open(path, "rb").read(); at = 0
    def un(f):
        nonlocal at
        v = struct.unpack_from("<" + f, b, at); at += struct.calcsize("<" + f)
        return v if len(v) > 1 else v[0]
    def text():
        nonlocal at
        n = un("Q"); s = b[at:at+n].decode(); at += n
        return s
    def value(t):
        if t == 8: return text()
        if t == 9:
            e, n = un("IQ")
            return [value(e) for _ in range(n)]
        return un({4: "I", 5: "i", 6: "f", 7: "B", 10: "Q"}[t])
    if b[:4] != b"GGUF": raise SystemExit(path + ": not a GGUF file")
    at = 4; _, nt, nk = un("IQQ"); kv = {}
    for _ in range(nk):
        k = text(); kv[k] = value(un("I"))
    info = []
    for _ in range(nt):
        n = text(); d = un("I"); shape = [un("Q") for _ in range(d)]; ty, off = un("IQ")
        info.append((n, shape, ty, off))
    base = at + -at % 32; out = {}
    for n, shape, ty, off in info:
        count = int(np.prod(shape)); p = base + off
        if ty == 0: a = np.frombuffer(b, "<f4", count, p)
        elif ty == 1: a = np.frombuffer(b, "<f2", count, p)
        else:
            r = np.frombuffer(b, np.dtype([("d", "<f2"), ("q", "i1", 32)]), count // 32, p)
            a = r["d"].astype(np.float32)[:, None] * r["q"]
        out[n] = a.astype(np.float32).reshape(shape[::-1])
    return [tuple(m.split(" ")) for m in kv["tokenizer.ggml.merges"]], out
