package enclave

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
)

// ggufBuilder writes a GGUF file's metadata.
type ggufBuilder struct {
	body    []byte
	keys    uint64
	info    []byte // of tensors, which follow the keys
	tensors uint64
}

func (b *ggufBuilder) u32(n uint32) { b.body = binary.LittleEndian.AppendUint32(b.body, n) }
func (b *ggufBuilder) u64(n uint64) { b.body = binary.LittleEndian.AppendUint64(b.body, n) }
func (b *ggufBuilder) str(s string) { b.u64(uint64(len(s))); b.body = append(b.body, s...) }

func (b *ggufBuilder) key(name string, kind uint32) {
	b.keys++
	b.str(name)
	b.u32(kind)
}

// set writes a key with a string, a number, or a list of either.
func (b *ggufBuilder) set(name string, value any) *ggufBuilder {
	switch v := value.(type) {
	case string:
		b.key(name, ggufString)
		b.str(v)
	case int:
		b.key(name, ggufUint32)
		b.u32(uint32(v))
	case uint64:
		b.key(name, ggufUint64)
		b.u64(v)
	case int32:
		b.key(name, ggufInt32)
		b.u32(uint32(v))
	case float32:
		b.key(name, ggufFloat32)
		b.u32(math.Float32bits(v))
	case bool:
		b.key(name, ggufBool)
		b.body = append(b.body, map[bool]byte{true: 1}[v])
	case []int:
		b.key(name, ggufArray)
		b.u32(ggufInt32)
		b.u64(uint64(len(v)))
		for _, n := range v {
			b.u32(uint32(n))
		}
	case []string:
		b.key(name, ggufArray)
		b.u32(ggufString)
		b.u64(uint64(len(v)))
		for _, s := range v {
			b.str(s)
		}
	default:
		panic(fmt.Sprintf("%T", value))
	}
	return b
}

func (b *ggufBuilder) tensor(name string, shape ...uint64) *ggufBuilder {
	info := &ggufBuilder{body: b.info}
	info.str(name)
	info.u32(uint32(len(shape)))
	for _, n := range shape {
		info.u64(n)
	}
	info.u32(0)
	info.u64(0)
	b.tensors, b.info = b.tensors+1, info.body
	return b
}

func (b *ggufBuilder) bytes() []byte {
	head := &ggufBuilder{body: []byte("GGUF")}
	head.u32(3)
	head.u64(b.tensors)
	head.u64(b.keys)
	return append(append(head.body, b.body...), b.info...)
}

// tinyGGUF is the metadata of a model of one block, with 256 bytes of cache for each token.
func tinyGGUF() *ggufBuilder {
	return new(ggufBuilder).set("general.architecture", "llama").
		set("llama.block_count", 1).set("llama.embedding_length", 64).set("llama.attention.head_count", 4).
		tensor("token_embd.weight", 64, 2)
}

func TestReadGGUF(t *testing.T) {
	raw := tinyGGUF().set("llama.rope", float32(0.5)).set("llama.below", int32(-1)).set("llama.above", int32(7)).set("llama.large", uint64(1<<40)).
		set("llama.flag", true).set("llama.list", []int{1, 0, 3}).set("tokenizer.ggml.tokens", []string{"a", "", "<end>"}).set("tokenizer.chat_template", "{{ . }}").
		set("llama.long", make([]int, maxGGUFList+1)).bytes()
	got, err := readGGUF(bytes.NewReader(append(raw, "weights"...)))
	if err != nil {
		t.Fatal(err)
	}
	if got.arch != "llama" || got.vocab != 3 || got.end != int64(len(raw)) {
		t.Errorf("architecture %q, %d tokens, the metadata ends at %d of %d", got.arch, got.vocab, got.end, len(raw))
	}
	for key, want := range map[string]uint64{"block_count": 1, "above": 7, "large": 1 << 40, "flag": 1, "below": 99, "rope": 99, "nosuch": 99, "list": 99} {
		if n := got.get(key, 99); n != want {
			t.Errorf("%s is %d, want %d", key, n, want)
		}
	}
	for key, want := range map[string]string{"list": "[1 0 3]", "above": "[7 7 7]", "nosuch": "[5 5 5]", "long": "[5 5 5]"} {
		if list := fmt.Sprint(got.each(key, 3, 5)); list != want {
			t.Errorf("%s for each of three is %s, want %s", key, list, want)
		}
	}
}

// The tiny model's file, which another program wrote.
func TestReadGGUFWisp(t *testing.T) {
	file, err := os.Open("../engine/model/wisp-q8.gguf")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	got, err := readGGUF(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.arch != "llama" || got.get("block_count", 0) != 4 || got.get("embedding_length", 0) != 128 || got.vocab == 0 {
		t.Errorf("%+v", got)
	}
}

func TestReadGGUFRefuses(t *testing.T) {
	whole := tinyGGUF().bytes()
	head := func(version uint32, tensors, keys uint64) []byte {
		b := &ggufBuilder{body: []byte("GGUF")}
		b.u32(version)
		b.u64(tensors)
		b.u64(keys)
		return b.body
	}
	raw := func(f func(*ggufBuilder)) []byte {
		b := tinyGGUF()
		f(b)
		return b.bytes()
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"empty":                {nil, "unexpected EOF"},
		"another format":       {[]byte("PK\x03\x04aaaaaaaaaaaaaaaaaaaaaa"), "want GGUF"},
		"version 1":            {head(1, 0, 0), "want 2 or 3"},
		"big endian":           {head(3<<24, 0, 0), "little endian"},
		"many keys":            {head(3, 0, 1<<40), "keys"},
		"many tensors":         {head(3, 1<<40, 0), "tensors"},
		"no architecture":      {head(3, 0, 0), "general.architecture is missing"},
		"cut in a key":         {whole[:40], "after 40 bytes: unexpected EOF"},
		"cut in a tensor":      {whole[:len(whole)-1], "unexpected EOF"},
		"a long key":           {raw(func(b *ggufBuilder) { b.set(strings.Repeat("k", maxGGUFKey+1), 1) }), "a key of 1025 bytes"},
		"a long architecture":  {new(ggufBuilder).set("general.architecture", strings.Repeat("a", 65)).bytes(), "an architecture of 65 bytes"},
		"architecture 7":       {new(ggufBuilder).set("general.architecture", 7).bytes(), "want a string"},
		"an unknown type":      {raw(func(b *ggufBuilder) { b.key("k", 13) }), "unknown type 13"},
		"a list of lists":      {raw(func(b *ggufBuilder) { b.key("k", ggufArray); b.u32(ggufArray); b.u64(1) }), "list of the type 9"},
		"an endless list":      {raw(func(b *ggufBuilder) { b.key("k", ggufArray); b.u32(ggufUint8); b.u64(math.MaxUint64) }), "longer than"},
		"an endless text":      {raw(func(b *ggufBuilder) { b.key("k", ggufString); b.u64(math.MaxUint64) }), "longer than"},
		"endless texts":        {raw(func(b *ggufBuilder) { b.key("k", ggufArray); b.u32(ggufString); b.u64(1 << 28) }), "longer than"},
		"a tensor of 9":        {tinyGGUF().tensor("t", make([]uint64, 9)...).bytes(), "9 dimensions"},
		"a tensor's long name": {tinyGGUF().tensor(strings.Repeat("t", maxGGUFKey+1)).bytes(), "a tensor's name of 1025 bytes"},
	} {
		if got, err := readGGUF(bytes.NewReader(c.raw)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q; got %+v", name, err, c.want, got)
		}
	}
}

// FuzzReadGGUF holds that no bytes make the reader fail otherwise than by an error, read past its limits or past what
// there is, and that what it says of memory can be reckoned with.
func FuzzReadGGUF(f *testing.F) {
	f.Add(tinyGGUF().bytes())
	f.Add(tinyGGUF().set("llama.list", []int{1, 2}).set("tokenizer.ggml.tokens", []string{"a"}).set("llama.ssm.inner_size", uint64(math.MaxUint64)).bytes())
	f.Add(tinyGGUF().bytes()[:50])
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, err := readGGUF(bytes.NewReader(raw))
		if err != nil {
			return
		}
		if g.end > int64(len(raw)) {
			t.Fatalf("the metadata ends at %d of %d bytes", g.end, len(raw))
		}
		if again, err := readGGUF(bytes.NewReader(raw[:g.end])); err != nil || again.end != g.end {
			t.Fatalf("the metadata alone: %v, ends at %d, want %d", err, again.end, g.end)
		}
		one, _, err := g.memory(1, 1)
		if err != nil {
			return
		}
		if two, _, err := g.memory(1, 2); err != nil || two < one {
			t.Fatalf("two slots want %d bytes, %v; one wants %d", two, err, one)
		}
	})
}
