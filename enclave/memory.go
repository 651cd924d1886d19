package enclave

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/bits"
	"path"
	"strconv"
	"strings"

	"github.com/phallama/phallama/protocol"
)

// Bytes is an amount of memory. In JSON it is a number of bytes, or a string such as "16G", "512M" or "800K", in powers
// of 1,024.
type Bytes uint64

func (b *Bytes) UnmarshalJSON(raw []byte) error {
	text := string(raw)
	if len(raw) > 0 && raw[0] == '"' {
		if err := json.Unmarshal(raw, &text); err != nil {
			return err
		}
	}
	digits, shift := text, 0
	if n := len(text); n > 0 {
		if i := strings.IndexByte("KMGT", text[n-1]); i >= 0 {
			digits, shift = text[:n-1], 10*(i+1)
		}
	}
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || n > math.MaxInt64>>shift {
		return fmt.Errorf("want a number of bytes, or one with K, M, G or T behind it such as \"16G\", got %.40s", raw)
	}
	*b = Bytes(n << shift)
	return nil
}

// String is for people: "4.7 GiB".
func (b Bytes) String() string {
	units := []string{"KiB", "MiB", "GiB", "TiB"}
	value, unit := float64(b)/1024, 0
	for value >= 1023.95 && unit < len(units)-1 {
		value, unit = value/1024, unit+1
	}
	return fmt.Sprintf("%.1f %s", value, units[unit])
}

const (
	// batchTokens are computed at once: Ollama's default for num_batch.
	batchTokens = 512
	// baseMemory is what the processes take beside models: Go, C and C++, podd's ledger, answers on their way.
	baseMemory = 256 << 20
	maxBlocks  = maxGGUFList
)

// need is the memory that one model wants.
type need struct {
	model   string
	weights uint64 // the model file, and projectors and adapters, in the engine
	copied  uint64 // all of its files in podd's copy
	kept    uint64 // what stays of that once the model is loaded
	cache   uint64 // keys and values of every slot's context
	compute uint64
}

// plan is the memory that a pod wants.
type plan struct {
	needs           []need
	slots           int
	contexts        []uint32
	loading, loaded uint64
}

// isWeights reports whether the engine loads a file of that media type and does not read its data again.
func isWeights(mediaType string) bool {
	switch mediaType {
	case "application/vnd.ollama.image.model", "application/vnd.ollama.image.projector", "application/vnd.ollama.image.adapter":
		return true
	}
	return false
}

// copyCost is the memory that a file of a copy takes.
type copyCost func(size int64) uint64

func onDisk(int64) uint64       { return 0 }
func inTmpfs(size int64) uint64 { return uint64(size) }

// inGramine is the cost in a tmpfs of Gramine's, which keeps a file in one buffer of a power of two.
func inGramine(size int64) uint64 {
	if size <= 16 {
		return 16
	}
	return 1 << bits.Len64(uint64(size-1))
}

// planMemory reads the manifests of the models offered and the metadata of their files; nothing else, and nothing of it
// is trusted.
func planMemory(store fs.FS, offers []Offer, slots int, cost copyCost) (plan, error) {
	p := plan{slots: slots}
	var compute, copied, kept uint64
	for _, o := range offers {
		n, err := needOf(store, o, slots, cost)
		if err != nil {
			return plan{}, err
		}
		p.needs, p.contexts = append(p.needs, n), append(p.contexts, o.Context)
		p.loaded = sum(p.loaded, n.weights, n.cache)
		copied, kept, compute = sum(copied, n.copied), sum(kept, n.kept), sum(compute, n.compute)
	}
	p.loaded = sum(p.loaded, compute, baseMemory)
	p.loading = sum(p.loaded, copied)
	p.loaded = sum(p.loaded, kept)
	return p, nil
}

func needOf(store fs.FS, o Offer, slots int, cost copyCost) (need, error) {
	files, err := protocol.CopyModelFS(store, o.Model, listOnly)
	if err != nil {
		return need{}, err
	}
	n, found := need{model: o.Model}, false
	for _, b := range files.Blobs {
		n.copied = sum(n.copied, cost(b.Size))
		if !isWeights(b.MediaType) {
			n.kept = sum(n.kept, cost(b.Size))
			continue
		}
		meta, err := readGGUFFile(store, b.Path)
		if err != nil {
			return need{}, fmt.Errorf("model %q: %s: %w", o.Model, path.Base(b.Path), err)
		}
		n.weights = sum(n.weights, uint64(b.Size))
		n.kept = sum(n.kept, cost(meta.end))
		if b.MediaType == "application/vnd.ollama.image.model" {
			if found {
				return need{}, fmt.Errorf("model %q has two model files: models in parts are not served", o.Model)
			}
			found = true
			if n.cache, n.compute, err = meta.memory(uint64(o.Context), uint64(slots)); err != nil {
				return need{}, fmt.Errorf("model %q: %s: %w", o.Model, path.Base(b.Path), err)
			}
		}
	}
	if !found {
		return need{}, fmt.Errorf("model %q has no layer of type application/vnd.ollama.image.model: it is none that Ollama runs from a GGUF file", o.Model)
	}
	return n, nil
}

// memory is the cache for keys and values and what one batch takes while it is computed, in bytes: as Ollama reckons,
// with 16 bit numbers in the cache.
func (g gguf) memory(context, slots uint64) (cache, compute uint64, err error) {
	blocks, embedding := g.get("block_count", 0), g.get("embedding_length", 0)
	if blocks == 0 || embedding == 0 || blocks > maxBlocks {
		return 0, 0, fmt.Errorf("%s.block_count is %d and %s.embedding_length %d, want both, and at most %d blocks", g.arch, blocks, g.arch, embedding, maxBlocks)
	}
	if own := g.get("context_length", 0); own > 0 {
		context = min(context, own) // the engine gives no more
	}
	tokens := product(context, slots)
	heads := g.each("attention.head_count", int(blocks), 1)
	var most uint64
	for _, n := range heads {
		most = max(most, n)
	}
	if most == 0 {
		most = 1
	}
	headsKV := g.each("attention.head_count_kv", int(blocks), most)
	width := sum(g.get("attention.key_length", embedding/most), g.get("attention.value_length", embedding/most))
	// A block without attention keeps a state for each slot, in 32 bit numbers.
	inner, state := g.get("ssm.inner_size", 0), g.get("ssm.state_size", 0)
	var conv uint64
	if kernel := g.get("ssm.conv_kernel", 0); kernel > 0 {
		conv = product(kernel-1, sum(inner, product(2, g.get("ssm.group_count", 0), state)))
	}
	recurrent := product(4, slots, sum(conv, product(state, inner)))
	for i, kv := range headsKV {
		switch {
		case heads[i] == 0 || kv == 0:
			cache = sum(cache, recurrent)
		case g.local(i) > 0:
			cache = sum(cache, product(2, kv, width, min(tokens, sum(product(slots, g.local(i)), batchTokens))))
		default:
			cache = sum(cache, product(2, kv, width, tokens))
		}
	}
	compute = max(
		product(4, batchTokens, sum(1, product(4, embedding), product(tokens, sum(1, most)))),
		product(4, batchTokens, sum(embedding, g.vocab)),
	)
	return cache, compute, nil
}

// local is how far block i looks back where that is less than the whole context; 0 where it is not.
func (g gguf) local(i int) uint64 {
	window := g.get("attention.sliding_window", 0)
	switch {
	case g.arch == "gemma3" && (i+1)%6 != 0, (g.arch == "gptoss" || g.arch == "gpt-oss") && i%2 == 0:
		return window
	}
	return 0
}

// sum and product stay at the greatest number instead of passing it: metadata can say anything.
func sum(values ...uint64) (total uint64) {
	for _, v := range values {
		var carry uint64
		if total, carry = bits.Add64(total, v, 0); carry != 0 {
			return math.MaxUint64
		}
	}
	return total
}

func product(values ...uint64) uint64 {
	total := uint64(1)
	for _, v := range values {
		hi, lo := bits.Mul64(total, v)
		if hi != 0 {
			return math.MaxUint64
		}
		total = lo
	}
	return total
}

// check refuses a plan that does not fit.
func (p plan) check(available uint64, where string) error {
	peak := max(p.loading, p.loaded)
	if peak <= available {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "the models do not fit into memory: they need %s, and there are %s\n\n", Bytes(peak), Bytes(available))
	row := func(name string, cells ...any) {
		fmt.Fprintf(&b, "  %-28.28s", name)
		for _, c := range cells {
			fmt.Fprintf(&b, " %11s", c)
		}
		b.WriteByte('\n')
	}
	row("", "weights", "copy", "KV cache", "computing")
	for i, n := range p.needs {
		row(n.model, Bytes(n.weights), Bytes(n.copied), Bytes(n.cache), Bytes(n.compute))
		fmt.Fprintf(&b, "    ctx %d, slots %d\n", p.contexts[i], p.slots)
	}
	row("beside the models", Bytes(baseMemory))
	row("at most, while loading", Bytes(p.loading))
	row("once loaded", Bytes(p.loaded))
	row("there", Bytes(available))
	fmt.Fprintf(&b, "\n%s\n", where)
	b.WriteString("Offer fewer or smaller models, lower ctx or slots, or give it more memory;\nsee docs/operate/podd.md")
	return errors.New(b.String())
}
