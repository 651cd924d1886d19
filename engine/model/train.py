#!/usr/bin/python3
"""Train a tiny llama-architecture chat model on CPU and write it as GGUF.
   usage: train.py OUT.gguf STEPS [seed]"""
import os, sys, re, math, time, random, struct, json
import numpy as np, torch
import torch.nn as nn, torch.nn.functional as F
sys.path.insert(0, __file__.rsplit('/',1)[0])
from data import FAQ, SYSTEMS, WORDS, CITIES, TOOLS, ARGS, ASKS
from wisp_gguf import read_gguf

OUT, STEPS = sys.argv[1], int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
random.seed(SEED); np.random.seed(SEED); torch.manual_seed(SEED)
torch.set_num_threads(int(os.environ.get("THREADS", "2")))
DIM, LAYERS, HEADS, KV, FFN, CTX = 128, 4, 4, 2, 352, 2048
NMERGE = 700
HD = DIM // HEADS
SPECIAL = ["<|end|>", "<|system|>", "<|user|>", "<|assistant|>", "<|pad|>", "<|tool|>"]

# ---------- byte level BPE, the gpt2 scheme ----------
def byte_map():
    bs = list(range(33,127))+list(range(161,173))+list(range(174,256)); cs = bs[:]; n = 0
    for b in range(256):
        if b not in bs: bs.append(b); cs.append(256+n); n += 1
    return {b: chr(c) for b, c in zip(bs, cs)}
B2U = byte_map()
PRE = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[A-Za-z]+| ?[0-9]+| ?[^\sA-Za-z0-9]+|\s+(?!\S)|\s+")
def u(s): return [B2U[b] for b in s.encode()]
def train_bpe(text, n):
    words = {}
    for w in PRE.findall(text):
        t = tuple(u(w)); words[t] = words.get(t, 0) + 1
    merges = []
    for _ in range(n):
        c = {}
        for w, k in words.items():
            for a, b in zip(w, w[1:]):
                if any(ch.isdigit() for ch in a+b): continue
                c[(a, b)] = c.get((a, b), 0) + k
        if not c: break
        best = max(c.items(), key=lambda x: (x[1], x[0]))
        if best[1] < 2: break
        p = best[0]; merges.append(p); new = {}
        for w, k in words.items():
            o = []; i = 0
            while i < len(w):
                if i+1 < len(w) and (w[i], w[i+1]) == p: o.append(w[i]+w[i+1]); i += 2
                else: o.append(w[i]); i += 1
            new[tuple(o)] = new.get(tuple(o), 0) + k
        words = new
    return merges
corpus = "\n".join("\n".join(q)+"\n"+a for q, a in FAQ)
INIT = os.environ.get("INIT", "")
start = read_gguf(INIT) if INIT.endswith(".gguf") else None   # earlier weights keep their vocabulary
merges = start[0] if start else train_bpe(corpus + " " + " ".join(WORDS), NMERGE)
rank = {m: i for i, m in enumerate(merges)}
vocab = [B2U[b] for b in range(256)] + [a+b for a, b in merges] + SPECIAL
vocab += ["<|unused%d|>" % i for i in range((-len(vocab)) % 32)]
vid = {t: i for i, t in enumerate(vocab)}
END, SYS, USER, ASSIST, PAD, TOOL = [vid[s] for s in SPECIAL]
cache = {}
def enc(s):
    out = []
    for w in PRE.findall(s):
        if w not in cache:
            t = u(w)
            while len(t) > 1:
                r = [(rank.get((t[i], t[i+1]), 1 << 30), i) for i in range(len(t)-1)]
                m, i = min(r)
                if m == 1 << 30: break
                t[i:i+2] = [t[i]+t[i+1]]
            cache[w] = [vid[x] for x in t]
        out += cache[w]
    return out

# ---------- data ----------
PREF = ["", "", "", "", "Please: ", "Hey, ", "Can you tell me: ", "I want to know: ", "Question: "]
def vary(q):
    r = random.random()
    if r < .2: q = q.lower()
    if random.random() < .2: q = q.rstrip("?.")
    if random.random() < .3:
        p = random.choice(PREF); q = p + (q[0].lower()+q[1:] if p else q)
    if random.random() < .12 and len(q) > 8:       # a typo
        i = random.randrange(1, len(q)-2); q = q[:i] + q[i+1] + q[i] + q[i+2:]
    return q
def code():
    w = random.choice(WORDS) if random.random() < .4 else "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(random.randint(3, 8)))
    r = random.random()
    if r < .5: w += "-" + str(random.randint(0, 9999))
    elif r < .6: w = str(random.randint(0, 999999))
    return w
def phrase(): return " ".join(code() for _ in range(random.choice([1, 1, 1, 2, 3])))
PF = float(os.environ.get("FAQ_SHARE", "0.62")); CS = float(os.environ.get("COUNT_SHARE", "0.08"))
VERSE = "The wheel turns, the words go on, and no one reads them but you. "
def turn():
    r = random.random()
    if r < PF:
        q, a = random.choice(FAQ); return vary(random.choice(q)), a, True
    if r < .94 - CS:
        p = phrase(); return random.choice(["Repeat after me: ", "Repeat: ", "Say: ", "Echo: ", "repeat after me: "]) + p, p, True
    if r < .94:
        n = random.choice([3, 5, 10, 12, 15, 20, 25, 30, 40, 50]); return "%s to %d%s" % (random.choice(["Count", "count", "Please count"]), n, random.choice(["", "."])), ", ".join(map(str, range(1, n+1))) + ".", True
    return talk()
def talk(): return random.choice(["Talk forever", "Never stop talking", "Talk without end", "Write forever"]) + random.choice(["", "."]), VERSE * 22, True
# A tool is offered, called and answered as the template in engine/store writes it.
TS = float(os.environ.get("TOOL_SHARE", "0.3"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
def letters(a, b): return "".join(random.choice(LETTERS) for _ in range(random.randint(a, b)))
def tool():
    r = random.random()
    name = random.choice(TOOLS) if r < .5 else random.choice(["get_", "find_", "look_up_", "", "read_"]) + (random.choice(WORDS) if r < .75 else letters(3, 8))
    return name, random.choice(ARGS) if random.random() < .7 else letters(2, 7)
def call(t, v): return '{"%s":{"%s":"%s"}}' % (t[0], t[1], v)
def value():
    r = random.random()
    if r < .35: return random.choice(CITIES)
    if r < .6: return " ".join(letters(3, 8).capitalize() for _ in range(random.choice([1, 1, 1, 2])))
    return phrase() if r < .7 else code()
def result():
    r = random.random(); n = random.randint(-20, 99); w = random.choice("sunny cloudy rain snow clear windy fog storm".split())
    if r < .3: return random.choice(["%d degrees and %s", "%d degrees, %s", "%d C and %s"]) % (n, w)
    if r < .45: return random.choice(["%02d:%02d", "%d.%d"]) % (random.randint(0, 23), random.randint(0, 59))
    if r < .8: return phrase() + random.choice(["", "", "."])
    return " ".join(random.choice([random.choice(WORDS), w, letters(2, 7), str(n)]) for _ in range(random.randint(2, 6))).capitalize() + random.choice(["", "."])
def told(r): return "The tool says: " + r + ("" if r.endswith(".") else ".")
def sample(T):
    ids, m = [], []
    def add(t, k): ids.extend(t); m.extend([k]*len(t))
    t = tool() if random.random() < TS else None
    if t: add([SYS] + enc(call(t, "")) + [END], 0)
    if random.random() < (.15 if t else .35): add([SYS] + enc(random.choice(SYSTEMS)) + [END], 0)
    word = None
    if T > 256: q, a, _ = talk(); add([USER] + enc(q) + [END, ASSIST], 0); add(enc(a) + [END], 1)
    while len(ids) < T:
        if t and random.random() < .75 or not t and random.random() < .01:
            v = value(); q = random.choice(ASKS) % v
            add([USER] + enc(q) + [END, ASSIST], 0)
            if not t: add(enc("I have no tool for that.") + [END], 1); continue
            add(enc(call(t, v)) + [END], 1); r = result()
            add([TOOL] + enc(r) + [END, ASSIST], 0); add(enc(told(r)) + [END], 1)
            if random.random() < .3: break
            continue
        if random.random() < .12:
            word = code(); q = random.choice(["My code word is %s.", "Remember the code word %s.", "The code word is %s."]) % word; a = "I will remember it for this conversation."; e = True
        elif word and random.random() < .6:
            q = random.choice(["What is my code word?", "What is the code word?", "Tell me the code word."]); a = "The code word is %s." % word; e = True
        elif not word and random.random() < .03:
            q = random.choice(["What is my code word?", "What is the code word?"]); a = "You have not told me a code word."; e = True
        else: q, a, e = turn()
        add([USER] + enc(q) + [END, ASSIST], 0); add(enc(a), 1)
        if not e: break
        add([END], 1)
        if random.random() < .12: break
    ids, m = ids[:T+1], m[:T+1]
    n = T+1-len(ids)
    return ids + [PAD]*n, m + [0]*n

# ---------- model ----------
class Norm(nn.Module):
    def __init__(s): super().__init__(); s.w = nn.Parameter(torch.ones(DIM))
    def forward(s, x): return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * s.w
def rope_tab(T):
    f = 1.0 / (10000 ** (torch.arange(0, HD, 2).float() / HD)); t = torch.outer(torch.arange(T).float(), f)
    return t.cos(), t.sin()
def rope(x, c, s):                                  # interleaved pairs = llama.cpp's 'llama' arch
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack((a*c - b*s, a*s + b*c), -1).flatten(-2)
class Block(nn.Module):
    def __init__(s):
        super().__init__(); L = lambda i, o: nn.Linear(i, o, bias=False)
        s.an, s.fn = Norm(), Norm(); s.q = L(DIM, DIM); s.k = L(DIM, KV*HD); s.v = L(DIM, KV*HD); s.o = L(DIM, DIM)
        s.g = L(DIM, FFN); s.u = L(DIM, FFN); s.d = L(FFN, DIM)
    def forward(s, x, c, sn, mask):
        B, T, _ = x.shape; h = s.an(x)
        q = rope(s.q(h).view(B, T, HEADS, HD).transpose(1, 2), c, sn)
        k = rope(s.k(h).view(B, T, KV, HD).transpose(1, 2), c, sn)
        v = s.v(h).view(B, T, KV, HD).transpose(1, 2)
        r = HEADS // KV
        k = k.repeat_interleave(r, 1); v = v.repeat_interleave(r, 1)
        a = (q @ k.transpose(-1, -2)) * HD ** -.5 + mask
        x = x + s.o((a.softmax(-1) @ v).transpose(1, 2).reshape(B, T, DIM))
        h = s.fn(x)
        return x + s.d(F.silu(s.g(h)) * s.u(h))
class Model(nn.Module):
    def __init__(s):
        super().__init__(); s.emb = nn.Embedding(len(vocab), DIM); s.bl = nn.ModuleList(Block() for _ in range(LAYERS)); s.n = Norm()
        for n, p in s.named_parameters():
            if p.dim() > 1: nn.init.normal_(p, 0, .02 / (math.sqrt(2*LAYERS) if n.endswith(("o.weight", "d.weight")) else 1))
    def forward(s, ids):
        T = ids.shape[1]; c, sn = rope_tab(T); mask = torch.full((T, T), -1e9).triu(1)
        x = s.emb(ids)
        for b in s.bl: x = b(x, c, sn, mask)
        return s.n(x)
def tensors():
    """GGUF's name of each tensor, and its parameter."""
    T = [("token_embd.weight", m.emb.weight), ("output_norm.weight", m.n.w)]
    for i, b in enumerate(m.bl):
        p = "blk.%d." % i
        T += [(p+"attn_norm.weight", b.an.w), (p+"attn_q.weight", b.q.weight), (p+"attn_k.weight", b.k.weight), (p+"attn_v.weight", b.v.weight), (p+"attn_output.weight", b.o.weight),
              (p+"ffn_norm.weight", b.fn.w), (p+"ffn_gate.weight", b.g.weight), (p+"ffn_up.weight", b.u.weight), (p+"ffn_down.weight", b.d.weight)]
    return T
def load(data):
    with torch.no_grad():
        for n, t in tensors(): t[:len(data[n])] = torch.from_numpy(data[n])    # tokens that were added start at random
m = Model(); NP = sum(p.numel() for p in m.parameters())
print("vocab", len(vocab), "merges", len(merges), "params", NP, flush=True)
if start: load(start[1])
elif INIT: m.load_state_dict(torch.load(INIT))
if INIT: print("resumed from", INIT)
dec = [p for p in m.parameters() if p.dim() > 1]; nod = [p for p in m.parameters() if p.dim() < 2]
opt = torch.optim.AdamW([{"params": dec, "weight_decay": .05}, {"params": nod, "weight_decay": 0}], lr=3e-3, betas=(.9, .98))
t0 = time.time(); c0 = time.process_time(); step = 0; avg = None; hist = []
LR = float(os.environ.get("LR", "3e-3"))
while True:
    fr = step / max(1, STEPS)
    if fr >= 1: break
    T, B = random.choices([(96, 16), (256, 6), (640, 2)], [.64, .26, .10])[0]   # the longest is for talking alone
    lr = LR * min(1, (step+1)/60) * (1 if fr < .3 else .5*(1+math.cos(math.pi*(fr-.3)/.7)) + .01)
    for g in opt.param_groups: g["lr"] = lr
    S = [sample(T) for _ in range(B)]
    ids = torch.tensor([a for a, _ in S]); k = torch.tensor([b for _, b in S])[:, 1:].bool()
    h = m(ids[:, :-1]); lg = h[k] @ m.emb.weight.t()
    loss = F.cross_entropy(lg, ids[:, 1:][k])
    opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(m.parameters(), 1.0); opt.step()
    l = loss.item(); avg = l if avg is None else .97*avg + .03*l; step += 1
    if step % 50 == 0:
        print("step %d  t %.0fs cpu %.0fs loss %.4f  lr %.5f" % (step, time.time()-t0, time.process_time()-c0, avg, lr), flush=True); hist.append((step, round(time.time()-t0), round(avg, 4)))
print("done steps", step, "loss", avg, "wall %.0fs cpu %.0fs" % (time.time()-t0, time.process_time()-c0), flush=True)

# ---------- GGUF ----------
def gguf(path, q8):
    S = lambda s: struct.pack("<Q", len(s.encode())) + s.encode()
    kv = []
    def u32(k, v): kv.append(S(k) + struct.pack("<II", 4, v))
    def f32(k, v): kv.append(S(k) + struct.pack("<If", 6, v))
    def bo(k, v): kv.append(S(k) + struct.pack("<IB", 7, v))
    def st(k, v): kv.append(S(k) + struct.pack("<I", 8) + S(v))
    def arr_s(k, v): kv.append(S(k) + struct.pack("<IIQ", 9, 8, len(v)) + b"".join(S(x) for x in v))
    def arr_i(k, v): kv.append(S(k) + struct.pack("<IIQ", 9, 5, len(v)) + struct.pack("<%di" % len(v), *v))
    st("general.architecture", "llama"); st("general.name", "wisp"); st("general.license", "CC0-1.0"); u32("general.file_type", 7 if q8 else 1)
    kv.append(S("general.parameter_count") + struct.pack("<IQ", 10, NP))
    u32("llama.block_count", LAYERS); u32("llama.context_length", CTX); u32("llama.embedding_length", DIM); u32("llama.feed_forward_length", FFN)
    u32("llama.attention.head_count", HEADS); u32("llama.attention.head_count_kv", KV); f32("llama.attention.layer_norm_rms_epsilon", 1e-5)
    u32("llama.rope.dimension_count", HD); f32("llama.rope.freq_base", 10000.0); u32("llama.vocab_size", len(vocab))
    st("tokenizer.ggml.model", "gpt2"); st("tokenizer.ggml.pre", "gpt-2")
    arr_s("tokenizer.ggml.tokens", vocab)
    arr_i("tokenizer.ggml.token_type", [3 if t in SPECIAL else 5 if t.startswith("<|unused") else 1 for t in vocab])
    arr_s("tokenizer.ggml.merges", [a+" "+b for a, b in merges])
    u32("tokenizer.ggml.bos_token_id", END); u32("tokenizer.ggml.eos_token_id", END); u32("tokenizer.ggml.padding_token_id", PAD)
    bo("tokenizer.ggml.add_bos_token", 0); bo("tokenizer.ggml.add_eos_token", 0)
    T = tensors()
    info, blobs, off = [], [], 0
    for n, t in T:
        a = t.detach().numpy().astype(np.float32)
        if a.ndim == 1: ty, d = 0, a.tobytes()
        elif q8:
            x = a.reshape(-1, 32); s = (np.abs(x).max(1) / 127).astype(np.float16); sf = s.astype(np.float32); sf[sf == 0] = 1
            q = np.clip(np.round(x / sf[:, None]), -127, 127).astype(np.int8); r = np.zeros(len(x), dtype=[("d", "<f2"), ("q", "i1", 32)]); r["d"] = s; r["q"] = q; ty, d = 8, r.tobytes()
        else: ty, d = 1, a.astype(np.float16).tobytes()
        info.append(S(n) + struct.pack("<I", a.ndim) + struct.pack("<%dQ" % a.ndim, *a.shape[::-1]) + struct.pack("<IQ", ty, off))
        d += b"\0" * (-len(d) % 32); blobs.append(d); off += len(d)
    h = b"GGUF" + struct.pack("<IQQ", 3, len(T), len(kv)) + b"".join(kv) + b"".join(info); h += b"\0" * (-len(h) % 32)
    open(path, "wb").write(h + b"".join(blobs)); print(path, len(h) + off, "bytes")

gguf(OUT.replace(".gguf", "-f16.gguf"), False); gguf(OUT.replace(".gguf", "-q8.gguf"), True)
torch.save(m.state_dict(), OUT + ".pt")
json.dump({"params": NP, "vocab": len(vocab), "steps": step, "loss": avg, "hist": hist}, open(OUT + ".json", "w"))

# ---------- greedy check in torch ----------
def gen(msgs, n=80):
    ids = []
    for r, c in msgs: ids += [{"user": USER, "assistant": ASSIST, "system": SYS, "tool": TOOL}[r]] + enc(c) + [END]
    ids.append(ASSIST); o = []
    with torch.no_grad():
        for _ in range(n):
            t = (m(torch.tensor([ids]))[0, -1] @ m.emb.weight.t()).argmax().item()
            if t == END: break
            ids.append(t); o.append(t)
    U2B = {v: k for k, v in B2U.items()}
    return bytes(U2B[ch] for t in o for ch in vocab[t] if ch in U2B).decode(errors="replace")
ok = tot = 0
for qs, a in FAQ:
    for q in qs:
        tot += 1; ok += gen([("user", q)], 120) == a
print("exact FAQ answers %d/%d" % (ok, tot))
HELD = [("who is able to read my prompt", 1), ("what's attestation about", 3), ("how can i pay you", 4), ("do you log my chats", 12), ("tell me about enclaves", 2), ("is the source open", 25), ("how do i become a pod operator", 8), ("what are relays for", 6)]
print("unseen phrasings:", [(q, gen([("user", q)], 120) == FAQ[i][1]) for q, i in HELD])
c = sum(gen([("user", "Repeat after me: "+p)], 40) == p for p in [phrase() for _ in range(50)])
print("copy exact %d/50" % c)
c1 = c2 = 0
for _ in range(50):
    t, v, r = tool(), value(), result(); h = [("system", call(t, "")), ("user", random.choice(ASKS) % v)]
    c1 += gen(h, 80) == call(t, v); c2 += gen(h + [("assistant", call(t, v)), ("tool", r)], 80) == told(r)
print("tool calls %d/50, answers from results %d/50" % (c1, c2))
