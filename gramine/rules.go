package gramine

import (
	"fmt"
	"slices"
	"strings"
)

// Violation is a rule that a manifest breaks.
type Violation struct {
	Key  string `json:"key"`
	Want string `json:"want"`
	Got  string `json:"got"`
}

// RulesError lists all rules that a manifest breaks.
type RulesError struct{ Violations []Violation }

func (e *RulesError) Error() string {
	lines := []string{"manifest: it breaks the rules for podd"}
	for _, v := range e.Violations {
		lines = append(lines, fmt.Sprintf("  %s: expected %s, got %s", v.Key, v.Want, v.Got))
	}
	return strings.Join(lines, "\n")
}

// EntryPoint is podd's place in an image, and that of its configuration.
const (
	EntryPoint   = "/phallama/podd"
	ConfigPath   = "/phallama/podd.json"
	OperatorPath = "/phallama/operator.json"
	ModelsPath   = "/phallama/models"
	StatePath    = "/phallama/state"
	LibraryPath  = "/phallama/lib"
)

// allowedFiles are all that the enclave may read or write although the host can change it.
var allowedFiles = []string{"file:" + ModelsPath + "/", "file:" + OperatorPath, "file:" + StatePath + "/"}

// rules say what each value of a manifest has to be. A key that is not here is refused, so that nothing gets into a
// measurement by mistake: no insecure__ option, nothing of debugging, no environment or arguments from the host.
var rules = map[string]rule{
	"libos.entrypoint":           exactly(EntryPoint),
	"loader.argv":                list("podd", "--config", ConfigPath),
	"loader.log_level":           exactly("error"),
	"loader.entrypoint.uri":      {"a file: URI of libsysdb.so", isLibOS},
	"loader.entrypoint.sha256":   {"the SHA-256 of libsysdb.so", isDigest},
	"loader.env.HOME":            exactly("/tmp"),
	"loader.env.TMPDIR":          exactly("/tmp"),
	"loader.env.LD_LIBRARY_PATH": exactly("/lib").orNone(),

	"fs.root.type": exactly("tmpfs"),
	"fs.mounts":    {"an array of mounts", isList},

	"sys.stack.size":               exactly("8M"),
	"sys.brk.max_size":             exactly("64M"),
	"sys.fds.limit":                exactly(int64(4096)),
	"sys.enable_sigterm_injection": exactly(true),
	"sys.disallow_subprocesses":    exactly(true),

	"sgx.debug":               exactly(false),
	"sgx.remote_attestation":  exactly("dcap"),
	"sgx.file_check_policy":   exactly("strict"),
	"sgx.enable_stats":        exactly(false),
	"sgx.use_exinfo":          exactly(true),
	"sgx.edmm_enable":         {"true or false", func(v any) bool { _, ok := v.(bool); return ok }},
	"sgx.enclave_size":        {"a power of two from 512M to 512G", isEnclaveSize},
	"sgx.max_threads":         {fmt.Sprintf("%d to %d", minThreads, MaxThreads), between(minThreads, MaxThreads)},
	"sgx.isvprodid":           {"1 to 65535", between(1, 0xffff)},
	"sgx.isvsvn":              {"1 to 65535", between(1, 0xffff)},
	"sgx.cpu_features.avx":    exactly("unspecified"),
	"sgx.cpu_features.avx512": exactly("unspecified"),
	"sgx.cpu_features.amx":    exactly("unspecified"),
	"sgx.cpu_features.mpx":    exactly("disabled"),
	"sgx.cpu_features.pkru":   exactly("disabled"),
	"sgx.allowed_files":       list(allowedFiles...),
	"sgx.trusted_files":       {"an array of files with their sums", isList},
}

// minThreads is what Go needs at least: its own, and 4 of Gramine's.
const minThreads = 16

type rule struct {
	want string
	ok   func(value any) bool
}

func exactly(want any) rule {
	text := fmt.Sprint(want)
	if s, ok := want.(string); ok {
		text = stringText(s)
	}
	return rule{text, func(value any) bool { return value == want }}
}

func list(want ...string) rule {
	return rule{fmt.Sprintf("%q", want), func(value any) bool {
		got, ok := value.([]any)
		return ok && slices.EqualFunc(got, want, func(a any, b string) bool { return a == any(b) })
	}}
}

// orNone lets a value be left out.
func (r rule) orNone() rule {
	return rule{r.want + " or nothing", func(value any) bool { return value == nil || r.ok(value) }}
}

func between(low, high int64) func(any) bool {
	return func(value any) bool { n, ok := value.(int64); return ok && low <= n && n <= high }
}

func isList(value any) bool { _, ok := value.([]any); return ok }

func isLibOS(value any) bool {
	uri, ok := value.(string)
	return ok && isFile(uri) && strings.HasSuffix(uri, "/libsysdb.so")
}

func isDigest(value any) bool {
	text, ok := value.(string)
	return ok && new(Digest).UnmarshalText([]byte(text)) == nil
}

func isEnclaveSize(value any) bool {
	text, ok := value.(string)
	if !ok {
		return false
	}
	size, err := ParseSize(text)
	return err == nil && size >= 512<<20 && size <= MaxEnclaveSize && size&(size-1) == 0
}

// isFile tells whether a URI names one file, by an absolute path with nothing in it to resolve.
func isFile(uri string) bool {
	path, ok := strings.CutPrefix(uri, "file:/")
	if !ok || path == "" {
		return false
	}
	for part := range strings.SplitSeq(path, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

// Check holds the rules for podd against a manifest. What it refuses comes as a *RulesError.
func (m *Manifest) Check() error {
	c := checker{m: m}
	c.known("", m.tree)
	for _, key := range sortedKeys(anyOf(rules)) {
		if value := m.value(key); !rules[key].ok(value) {
			c.refuse(key, rules[key].want, value)
		}
	}
	c.files()
	if len(c.broken) > 0 {
		return &RulesError{c.broken}
	}
	return nil
}

func anyOf(rules map[string]rule) map[string]any {
	keys := make(map[string]any, len(rules))
	for key := range rules {
		keys[key] = nil
	}
	return keys
}

type checker struct {
	m      *Manifest
	broken []Violation
}

func (c *checker) refuse(key, want string, got any) {
	text := "nothing"
	if got != nil {
		text = strings.Join(strings.Fields(valueText(got, 0)), " ")
	}
	if len(text) > 200 {
		text = text[:200] + "…"
	}
	c.broken = append(c.broken, Violation{key, want, strings.ToValidUTF8(text, "")})
}

// known refuses keys that no rule is about.
func (c *checker) known(prefix string, table map[string]any) {
	for _, key := range sortedKeys(table) {
		name := prefix + keyText(key)
		if _, ok := rules[name]; ok {
			continue
		}
		inner, ok := table[key].(map[string]any)
		if ok && len(inner) > 0 && prefix != "loader.env." { // {passthrough = true} is the value of a variable
			c.known(name+".", inner)
			continue
		}
		want := "no such key"
		switch {
		case strings.HasPrefix(key, "insecure__"):
			want = "no insecure option"
		case prefix == "loader.env.":
			want = "no such variable: the environment is all in the template, and none passes through"
		}
		c.refuse(name, want, table[key])
	}
}

// files holds mounts and trusted files against each other: every mount leads to files that are trusted or allowed, and
// every trusted file can be reached through a mount.
func (c *checker) files() {
	trusted := c.m.TrustedFiles()
	known := slices.Clone(allowedFiles)
	for _, file := range trusted {
		if !isFile(file.URI) {
			c.refuse("sgx.trusted_files", "file: URIs of absolute paths", file.URI)
		}
		known = append(known, file.URI)
	}
	var mounted []string
	paths := map[string]string{}
	mounts, _ := c.m.value("fs.mounts").([]any)
	for _, entry := range mounts {
		mount, _ := entry.(map[string]any)
		path, _ := mount["path"].(string)
		uri, _ := mount["uri"].(string)
		kind, typed := mount["type"]
		switch {
		case len(mount) != 2 || !isFile("file:"+path):
			c.refuse("fs.mounts", "mounts with a path, and a uri or the type tmpfs, and nothing else", entry)
			continue
		case kind == any("tmpfs"):
			if path != "/tmp" {
				c.refuse("fs.mounts", "a tmpfs on /tmp only", entry)
			}
		case typed || !isFile(uri):
			c.refuse("fs.mounts", "mounts of files, and a tmpfs: the ledger encrypts itself", entry)
		case !slices.ContainsFunc(known, func(file string) bool { return within(file, uri) }):
			c.refuse("fs.mounts", "a mount of what is trusted or allowed", entry)
		default:
			mounted = append(mounted, uri)
		}
		if _, twice := paths[path]; twice {
			c.refuse("fs.mounts", "each path once", entry)
		}
		paths[path] = uri
	}
	for _, file := range trusted {
		if !slices.ContainsFunc(mounted, func(uri string) bool { return within(file.URI, uri) }) {
			c.refuse("sgx.trusted_files", "files that a mount leads to", file.URI)
		}
	}
	for _, path := range []string{EntryPoint, ConfigPath} {
		if uri := paths[path]; !slices.ContainsFunc(trusted, func(file TrustedFile) bool { return file.URI == uri }) {
			c.refuse("sgx.trusted_files", "the file that is mounted on "+path, uri)
		}
	}
	if tmp, ok := paths["/tmp"]; !ok {
		c.refuse("fs.mounts", "a tmpfs on /tmp", tmp)
	}
}

// within tells whether a file is at a URI or below it.
func within(file, uri string) bool {
	return file == uri || strings.HasPrefix(file, strings.TrimSuffix(uri, "/")+"/")
}
