package enclave

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestBytes(t *testing.T) {
	for text, want := range map[string]Bytes{
		`0`: 0, `17`: 17, `"17"`: 17, `"4K"`: 4096, `"512M"`: 512 << 20, `"16G"`: 16 << 30, `"2T"`: 2 << 40, `17179869184`: 16 << 30,
		`9223372036854775807`: math.MaxInt64,
	} {
		var got Bytes
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", text, uint64(got), err, uint64(want))
		}
		raw, err := json.Marshal(got)
		var again Bytes
		if err != nil || json.Unmarshal(raw, &again) != nil || again != want {
			t.Errorf("%s written out is %s, %v", text, raw, err)
		}
	}
	for _, text := range []string{`""`, `"G"`, `-1`, `1.5`, `"1.5G"`, `"16GB"`, `"16g"`, `" 1"`, `"9223372036854775808"`, `"8388608T"`, `{}`, `null1`, `true`} {
		var got Bytes
		if err := json.Unmarshal([]byte(text), &got); err == nil {
			t.Errorf("%s: accepted as %d", text, uint64(got))
		}
	}
	for n, want := range map[Bytes]string{0: "0.0 KiB", 1536: "1.5 KiB", 1 << 20: "1.0 MiB", 4920753328: "4.6 GiB", 1<<40 - 1: "1.0 TiB", math.MaxUint64: "16777216.0 TiB"} {
		if got := n.String(); got != want {
			t.Errorf("%d bytes print as %q, want %q", uint64(n), got, want)
		}
	}
}

// Figures of real models' configurations, reckoned by hand: blocks x heads x (key + value) x tokens x 2 bytes.
func TestModelMemory(t *testing.T) {
	llama := func(arch string, blocks, embedding, heads, headsKV int) *ggufBuilder {
		return new(ggufBuilder).set("general.architecture", arch).set(arch+".block_count", blocks).set(arch+".embedding_length", embedding).
			set(arch+".attention.head_count", heads).set(arch+".attention.head_count_kv", headsKV).set(arch+".context_length", 131072)
	}
	for _, c := range []struct {
		name           string
		file           *ggufBuilder
		context, slots uint64
		cache          uint64
	}{
		{"8B of llama", llama("llama", 32, 4096, 32, 8), 8192, 1, 1 << 30},
		{"8B of llama, four slots", llama("llama", 32, 4096, 32, 8), 8192, 4, 4 << 30},
		{"beyond the model's context", llama("llama", 32, 4096, 32, 8).set("llama.context_length", 8192), 131072, 1, 1 << 30},
		{"7B of qwen2", llama("qwen2", 28, 3584, 28, 4), 32768, 1, 28 * 4 * 256 * 32768 * 2},
		{"4B of qwen3, whose heads are wider than its embedding's part", llama("qwen3", 36, 2560, 32, 8).
			set("qwen3.attention.key_length", 128).set("qwen3.attention.value_length", 128), 4096, 1, 36 * 8 * 256 * 4096 * 2},
		{"4B of gemma3: 5 blocks of 6 look back 1,024 tokens", llama("gemma3", 34, 2560, 8, 4).set("gemma3.attention.key_length", 256).
			set("gemma3.attention.value_length", 256).set("gemma3.attention.sliding_window", 1024), 32768, 1, 2 * 4 * 512 * (5*32768 + 29*(1024+512))},
		{"gemma3 with a context below its window", llama("gemma3", 34, 2560, 8, 4).set("gemma3.attention.key_length", 256).
			set("gemma3.attention.value_length", 256).set("gemma3.attention.sliding_window", 1024), 512, 1, 2 * 4 * 512 * 34 * 512},
		{"20B of gpt-oss: every second block looks back 128 tokens", llama("gptoss", 24, 2880, 64, 8).set("gptoss.attention.key_length", 64).
			set("gptoss.attention.value_length", 64).set("gptoss.attention.sliding_window", 128), 8192, 1, 2 * 8 * 128 * 12 * (8192 + 128 + 512)},
		{"heads by block, and blocks without attention", llama("jamba", 4, 1024, 8, 0).set("jamba.attention.head_count_kv", []int{0, 2, 0, 4}).
			set("jamba.ssm.conv_kernel", 4).set("jamba.ssm.inner_size", 2048).set("jamba.ssm.state_size", 16), 1000, 2, 6*256*2000*2 + 2*(2*4*(3*2048+16*2048))},
		{"heads for keys and values are not said", new(ggufBuilder).set("general.architecture", "gpt").set("gpt.block_count", 2).
			set("gpt.embedding_length", 64).set("gpt.attention.head_count", 4), 100, 1, 2 * 4 * 32 * 100 * 2},
	} {
		g, err := readGGUF(strings.NewReader(string(c.file.bytes())))
		if err != nil {
			t.Fatal(err)
		}
		cache, compute, err := g.memory(c.context, c.slots)
		if err != nil || cache != c.cache || compute == 0 {
			t.Errorf("%s: %d bytes of cache, %d for computing, %v; want %d", c.name, cache, compute, err, c.cache)
		}
	}
	for name, file := range map[string]*ggufBuilder{
		"no blocks":    llama("llama", 0, 4096, 32, 8),
		"no embedding": llama("llama", 32, 0, 32, 8),
		"many blocks":  llama("llama", maxBlocks+1, 4096, 32, 8),
	} {
		g, err := readGGUF(strings.NewReader(string(file.bytes())))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := g.memory(1, 1); err == nil || !strings.Contains(err.Error(), "block_count") {
			t.Errorf("%s: %v", name, err)
		}
	}
	huge := llama("llama", 32, 4096, 32, 8).set("llama.attention.key_length", uint64(math.MaxUint64))
	g, err := readGGUF(strings.NewReader(string(huge.bytes())))
	if err != nil {
		t.Fatal(err)
	}
	if cache, _, err := g.memory(math.MaxUint32, 8); err != nil || cache != math.MaxUint64 {
		t.Errorf("metadata that asks for too much: %d, %v", cache, err)
	}
}

// memStore is a store with models of one file each, and a template.
func memStore(t *testing.T, files map[string][]byte) fstest.MapFS {
	t.Helper()
	store := fstest.MapFS{}
	for name, file := range files {
		blob := func(kind string, data []byte) string {
			sum := sha256.Sum256(data)
			store[fmt.Sprintf("blobs/sha256-%x", sum)] = &fstest.MapFile{Data: data}
			return fmt.Sprintf(`{"mediaType":"application/vnd.%s","digest":"sha256:%x","size":%d}`, kind, sum, len(data))
		}
		store["manifests/registry.ollama.ai/library/"+name+"/latest"] = &fstest.MapFile{Data: fmt.Appendf(nil,
			`{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":%s,"layers":[%s,%s]}`,
			blob("docker.container.image.v1+json", []byte("{}")), blob("ollama.image.model", file), blob("ollama.image.template", []byte("{{ .Prompt }}")))}
	}
	return store
}

func TestPlanMemory(t *testing.T) {
	wisp, err := os.ReadFile("../engine/model/wisp-q8.gguf")
	if err != nil {
		t.Fatal(err)
	}
	tiny := append(tinyGGUF().bytes(), make([]byte, 512)...)
	store := memStore(t, map[string][]byte{"wisp": wisp, "tiny": tiny})
	offers := []Offer{{Model: "wisp", Context: 2048}, {Model: "tiny", Context: 100}}
	// 4 blocks x 2 heads for keys and values x 32 + 32 numbers of 2 bytes; 1 block x 4 heads x 16 + 16.
	const caches = 2*2048*4*2*64*2 + 2*100*256
	weights := uint64(len(wisp) + len(tiny))
	var compute uint64
	for name, c := range map[string]struct {
		cost         copyCost
		copied, kept uint64
	}{
		"no copy":            {onDisk, 0, 0},
		"a copy in a tmpfs":  {inTmpfs, weights + 2*(2+13), 0},
		"a copy in Gramine":  {inGramine, 1<<20 + 1024 + 4*16, 0},
		"a copy that is cut": {inTmpfs, weights + 2*(2+13), 1},
	} {
		p, err := planMemory(store, offers, 2, c.cost)
		if err != nil {
			t.Fatal(err)
		}
		compute = p.needs[0].compute + p.needs[1].compute
		if want := weights + caches + compute + baseMemory + c.copied; p.loading != want {
			t.Errorf("%s: %d bytes while loading, want %d", name, p.loading, want)
		}
		if got := p.loading - p.loaded; c.kept > 0 && (got >= weights || got < weights-100_000) {
			t.Errorf("%s: loading takes %d bytes more than what is loaded, want nearly the %d of the weights", name, got, weights)
		}
	}
	for name, c := range map[string]struct {
		spoil func(fstest.MapFS)
		want  string
	}{
		"no manifest": {func(s fstest.MapFS) { delete(s, "manifests/registry.ollama.ai/library/tiny/latest") }, "tiny"},
		"no GGUF":     {func(s fstest.MapFS) { cut(s, tiny, []byte("none")) }, "after 4 bytes"},
		"no model layer": {func(s fstest.MapFS) {
			file := s["manifests/registry.ollama.ai/library/tiny/latest"]
			file.Data = []byte(strings.Replace(string(file.Data), "image.model", "image.license", 1))
		}, "no layer of type application/vnd.ollama.image.model"},
		"two model layers": {func(s fstest.MapFS) {
			file := s["manifests/registry.ollama.ai/library/tiny/latest"]
			layer := fmt.Sprintf(`{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:%x","size":%d}`, sha256.Sum256(wisp), len(wisp))
			file.Data = []byte(strings.Replace(string(file.Data), `"layers":[`, `"layers":[`+layer+",", 1))
		}, "two model files"},
	} {
		store := memStore(t, map[string][]byte{"wisp": wisp, "tiny": tiny})
		c.spoil(store)
		if _, err := planMemory(store, offers, 2, onDisk); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "tiny") {
			t.Errorf("%s: %v, want %q and the model", name, err, c.want)
		}
	}
}

func cut(s fstest.MapFS, whole, to []byte) {
	s[fmt.Sprintf("blobs/sha256-%x", sha256.Sum256(whole))] = &fstest.MapFile{Data: to}
}

func TestPlanCheck(t *testing.T) {
	p := plan{
		needs: []need{
			{"llama3.1:8b", 4920753328, 8 << 30, 1 << 20, 1 << 30, 587 << 20},
			{"a-name-that-goes-on-and-on/and-on:q4_K_M", 1, 1, 1, 1, 1},
		},
		slots: 1, contexts: []uint32{8192, 4096}, loading: 15 << 30, loaded: 7 << 30,
	}
	if err := p.check(15<<30, ""); err != nil {
		t.Errorf("what is needed is there: %v", err)
	}
	err := p.check(15<<30-1, "What is there is the configuration's memory.")
	if err == nil {
		t.Fatal("a byte too little is accepted")
	}
	for _, want := range []string{
		"need 15.0 GiB", "llama3.1:8b                      4.6 GiB     8.0 GiB     1.0 GiB   587.0 MiB", "ctx 8192, slots 1",
		"at most, while loading          15.0 GiB", "once loaded                      7.0 GiB", "the configuration's memory", "lower ctx or slots",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
	for line := range strings.Lines(err.Error()) {
		if len(strings.TrimSuffix(line, "\n")) > 80 {
			t.Errorf("wider than 80 columns: %q", line)
		}
	}
}

func TestInGramine(t *testing.T) {
	for size, want := range map[int64]uint64{0: 16, 16: 16, 17: 32, 1 << 20: 1 << 20, 1<<20 + 1: 2 << 20, 4920753328: 8 << 30} {
		if got := inGramine(size); got != want {
			t.Errorf("%d bytes take %d, want %d", size, got, want)
		}
	}
}

func TestAvailable(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	info := file("MemTotal:       24576000 kB\nMemFree:         1024 kB\nMemAvailable:   20480000 kB\n")
	for _, c := range []struct {
		name   string
		config Config
		root   fstest.MapFS
		want   uint64
		where  string
	}{
		{"configured", Config{Memory: 1 << 30}, fstest.MapFS{}, 1 << 30, "configuration"},
		{"meminfo", Config{}, fstest.MapFS{"proc/meminfo": info}, 20480000 << 10, "meminfo"},
		{"a group without a limit", Config{}, fstest.MapFS{
			"proc/meminfo": info, "proc/self/cgroup": file("0::/pod\n"),
			"sys/fs/cgroup/pod/memory.max": file("max\n"), "sys/fs/cgroup/pod/memory.current": file("1024\n"),
		}, 20480000 << 10, "meminfo"},
		{"the limit of a group above", Config{}, fstest.MapFS{
			"proc/meminfo": info, "proc/self/cgroup": file("0::/pods/pod\n"),
			"sys/fs/cgroup/pods/memory.max": file("8192000\n"), "sys/fs/cgroup/pods/memory.current": file("4096000\n"),
			"sys/fs/cgroup/pods/memory.stat":    file("anon 1\ninactive_file 96000\n"),
			"sys/fs/cgroup/pods/pod/memory.max": file("max\n"), "sys/fs/cgroup/pods/pod/memory.current": file("1\n"),
		}, 8192000 - 4000000, "control group"},
		{"a container's own root", Config{}, fstest.MapFS{
			"proc/meminfo": info, "proc/self/cgroup": file("0::/\n"),
			"sys/fs/cgroup/memory.max": file("4096\n"), "sys/fs/cgroup/memory.current": file("5000\n"),
		}, 0, "control group"},
	} {
		got, where, err := c.config.available(c.root)
		if err != nil || got != c.want || !strings.Contains(where, c.where) {
			t.Errorf("%s: %d, %q, %v; want %d", c.name, got, where, err, c.want)
		}
	}
	for name, root := range map[string]fstest.MapFS{"no meminfo": {}, "no such line": {"proc/meminfo": file("MemTotal: 1 kB\n")}} {
		if _, _, err := (&Config{}).available(root); err == nil || !strings.Contains(err.Error(), "say it with memory") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
