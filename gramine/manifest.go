package gramine

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// Limits of a manifest. Those of lines keep the cost of reading down, which grows with the square of the dots in a key
// and of the brackets in one another. They count what is in strings too: that is simple, and enough for any manifest.
const (
	MaxManifest = 256 << 10 // bytes
	maxLine     = 1024
	maxDots     = 64 // in a line
	maxBrackets = 64 // that are open at once
	maxDepth    = 6
	minURI      = len("file:") + 2 // a shorter one would be written in another form
)

// Manifest is a manifest of Gramine's, complete with what Gramine's signer adds when it is left out.
type Manifest struct {
	// tree holds string, int64, bool, []any and map[string]any.
	tree map[string]any
}

// TrustedFile is a file that Gramine opens only if its content has this sum.
type TrustedFile struct {
	URI    string `json:"uri"`
	SHA256 Digest `json:"sha256"`
}

// Parse reads a manifest. Trusted files need their sums: Render gives them.
func Parse(raw []byte) (*Manifest, error) {
	m, err := parse(raw)
	if err != nil {
		return nil, fmt.Errorf("manifest: %w", err)
	}
	return m, nil
}

func parse(raw []byte) (*Manifest, error) {
	switch {
	case len(raw) > MaxManifest:
		return nil, fmt.Errorf("expected at most %d bytes, got %d", MaxManifest, len(raw))
	case !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0:
		return nil, errors.New("expected UTF-8 text with no zero byte")
	case bytes.IndexByte(raw, '\r') >= 0:
		return nil, errors.New("expected lines that end with a line feed alone, got a carriage return")
	}
	if err := checkLines(raw); err != nil {
		return nil, err
	}
	m := &Manifest{}
	if _, err := toml.NewDecoder(bytes.NewReader(raw)).Decode(&m.tree); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("line %d: expected TOML: %s", syntax.Position.Line, syntax.Message)
		}
		return nil, err
	}
	tree, err := plain(m.tree, 0)
	if err != nil {
		return nil, err
	}
	m.tree = tree.(map[string]any)
	if err := m.complete(); err != nil {
		return nil, err
	}
	return m, nil
}

func checkLines(raw []byte) error {
	number, open := 0, 0
	for line := range bytes.Lines(raw) {
		if number++; len(line) > maxLine {
			return fmt.Errorf("line %d: expected at most %d bytes, got %d: write arrays with one value a line", number, maxLine, len(line))
		}
		dots := 0
		for _, c := range line {
			switch c {
			case '.':
				dots++
			case '[', '{':
				open++
			case ']', '}':
				open = max(open-1, 0)
			}
		}
		if dots > maxDots || open > maxBrackets {
			return fmt.Errorf("line %d: expected at most %d dots, and %d open brackets", number, maxDots, maxBrackets)
		}
	}
	return nil
}

// plain brings a value to the few types that a manifest is made of.
func plain(value any, depth int) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("expected at most %d tables and arrays in one another", maxDepth)
	}
	switch v := value.(type) {
	case string, int64, bool:
		return v, nil
	case map[string]any:
		for key, member := range v {
			inner, err := plain(member, depth+1)
			if err != nil {
				return nil, fmt.Errorf("%.80s: %w", key, err)
			}
			v[key] = inner
		}
		return v, nil
	case []map[string]any:
		list := make([]any, len(v))
		for i, table := range v {
			list[i] = table
		}
		return plain(list, depth)
	case []any:
		for i, member := range v {
			inner, err := plain(member, depth+1)
			if err != nil {
				return nil, err
			}
			v[i] = inner
		}
		return v, nil
	}
	return nil, fmt.Errorf("expected strings, integers, booleans, arrays and tables only, got a %T", value)
}

// complete adds what Gramine's signer adds, and brings lists that are sets into one order.
func (m *Manifest) complete() error {
	if m.tree == nil {
		m.tree = map[string]any{}
	}
	for _, table := range []string{"libos", "loader", "loader.entrypoint", "sgx", "sgx.cpu_features"} {
		if _, err := m.table(table); err != nil {
			return err
		}
	}
	sgx, _ := m.table("sgx")
	for key, value := range map[string]any{
		"max_threads": int64(4), "isvprodid": int64(0), "isvsvn": int64(0), "remote_attestation": "none", "debug": false,
		"enable_stats": false, "edmm_enable": false, "use_exinfo": false, "trusted_files": []any{},
	} {
		setDefault(sgx, key, value)
	}
	size := "256M"
	if sgx["edmm_enable"] == true {
		size = "1024G"
	}
	setDefault(sgx, "enclave_size", size)
	features, _ := m.table("sgx.cpu_features")
	for key, value := range map[string]any{"avx": "unspecified", "avx512": "unspecified", "amx": "unspecified", "mpx": "disabled", "pkru": "disabled"} {
		setDefault(features, key, value)
	}
	// Where Gramine is installed decides what its signer would add here.
	for _, key := range []string{"loader.entrypoint.uri", "loader.entrypoint.sha256"} {
		if _, err := m.Text(key); err != nil {
			return fmt.Errorf("%w: the file libsysdb.so of the Gramine that runs it", err)
		}
	}
	trusted, err := trustedFiles(sgx["trusted_files"])
	if err != nil {
		return err
	}
	list := make([]any, len(trusted))
	for i, file := range trusted {
		list[i] = map[string]any{"uri": file.URI, "sha256": file.SHA256.String()}
	}
	sgx["trusted_files"] = list
	if allowed, ok := sgx["allowed_files"].([]any); ok {
		slices.SortStableFunc(allowed, func(a, b any) int { return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	}
	return nil
}

func setDefault(table map[string]any, key string, value any) {
	if _, ok := table[key]; !ok {
		table[key] = value
	}
}

// trustedFiles reads sgx.trusted_files and sorts it.
func trustedFiles(value any) ([]TrustedFile, error) {
	const what = "sgx.trusted_files"
	list, ok := value.([]any)
	if !ok {
		return nil, fmt.Errorf("%s: expected an array, got %T", what, value)
	}
	var files []TrustedFile
	for i, entry := range list {
		if uri, ok := entry.(string); ok {
			return nil, fmt.Errorf("%s: expected a table with uri and sha256, got only %q: phallama enclave manifest writes the sums", what, uri)
		}
		table, _ := entry.(map[string]any)
		uri, _ := table["uri"].(string)
		sum, _ := table["sha256"].(string)
		if uri == "" || sum == "" || len(table) != 2 {
			return nil, fmt.Errorf("%s[%d]: expected a table with uri and sha256 and nothing else: phallama enclave manifest writes the sums", what, i)
		}
		if len(uri) < minURI {
			return nil, fmt.Errorf("%s[%d]: expected a URI such as file:/phallama/podd, got %q", what, i, uri)
		}
		file := TrustedFile{URI: uri}
		if err := file.SHA256.UnmarshalText([]byte(sum)); err != nil {
			return nil, fmt.Errorf("%s: %q: %w", what, uri, err)
		}
		files = append(files, file)
	}
	slices.SortFunc(files, func(a, b TrustedFile) int { return cmp.Compare(a.URI, b.URI) })
	for i := 1; i < len(files); i++ {
		if files[i].URI == files[i-1].URI {
			return nil, fmt.Errorf("%s: %q is there twice", what, files[i].URI)
		}
	}
	return files, nil
}

// table finds a table by its dotted name, and makes it where there is none.
func (m *Manifest) table(name string) (map[string]any, error) {
	table := m.tree
	for part := range strings.SplitSeq(name, ".") {
		setDefault(table, part, map[string]any{})
		inner, ok := table[part].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%s: expected a table, got %T", name, table[part])
		}
		table = inner
	}
	return table, nil
}

// value finds a value by its dotted name; nil: there is none.
func (m *Manifest) value(name string) any {
	var value any = m.tree
	for part := range strings.SplitSeq(name, ".") {
		table, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = table[part]
	}
	return value
}

// Text is the string of that dotted name.
func (m *Manifest) Text(name string) (string, error) {
	text, ok := m.value(name).(string)
	if !ok {
		return "", fmt.Errorf("%s: expected a string, got %s", name, typeOf(m.value(name)))
	}
	return text, nil
}

func (m *Manifest) number(name string) (int64, error) {
	number, ok := m.value(name).(int64)
	if !ok {
		return 0, fmt.Errorf("%s: expected an integer, got %s", name, typeOf(m.value(name)))
	}
	return number, nil
}

func typeOf(value any) string {
	if value == nil {
		return "nothing"
	}
	return fmt.Sprintf("a %T", value)
}

// TrustedFiles are those of the manifest, sorted. The LibOS, loader.entrypoint, is trusted too and not among them.
func (m *Manifest) TrustedFiles() []TrustedFile {
	files, _ := trustedFiles(m.value("sgx.trusted_files")) // complete has looked at them
	return files
}

// Attributes are what the enclave's layout takes from the manifest.
func (m *Manifest) Attributes() (Attributes, error) {
	text, err := m.Text("sgx.enclave_size")
	if err != nil {
		return Attributes{}, err
	}
	size, err := ParseSize(text)
	if err != nil {
		return Attributes{}, fmt.Errorf("sgx.enclave_size: %w", err)
	}
	threads, err := m.number("sgx.max_threads")
	if err != nil {
		return Attributes{}, err
	}
	edmm, ok := m.value("sgx.edmm_enable").(bool)
	if !ok {
		return Attributes{}, fmt.Errorf("sgx.edmm_enable: expected true or false, got %s", typeOf(m.value("sgx.edmm_enable")))
	}
	a := Attributes{EnclaveSize: size, MaxThreads: uint64(max(threads, 0)), EDMM: edmm}
	return a, a.check()
}

// Identity is what a signature gives an enclave besides its measurement, which covers neither.
func (m *Manifest) Identity() (product, version uint16, err error) {
	for name, into := range map[string]*uint16{"sgx.isvprodid": &product, "sgx.isvsvn": &version} {
		number, err := m.number(name)
		if err != nil {
			return 0, 0, err
		}
		if number < 0 || number > 0xffff {
			return 0, 0, fmt.Errorf("%s: expected 0 to 65535, got %d", name, number)
		}
		*into = uint16(number)
	}
	return product, version, nil
}

// ParseSize reads a size such as 16G.
func ParseSize(text string) (uint64, error) {
	shift := 0
	digits := text
	if n := len(text); n > 0 {
		if unit := strings.IndexByte("KMG", text[n-1]); unit >= 0 {
			shift, digits = 10*(unit+1), text[:n-1]
		}
	}
	number, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || digits[0] == '+' || number<<shift>>shift != number {
		return 0, fmt.Errorf("expected a size such as 512M or 16G, got %.40q", text)
	}
	return number << shift, nil
}

// Hash is SHA-256 of the canonical form, without the zero that follows it in memory.
func (m *Manifest) Hash() Digest { return Sum(m.Canonical()) }

// Sum is the SHA-256 of bytes.
func Sum(raw []byte) Digest { return sha256.Sum256(raw) }

func sortedKeys(table map[string]any) []string { return slices.Sorted(maps.Keys(table)) }

// LibOS is Gramine's libsysdb.so, which it starts before podd.
func (m *Manifest) LibOS() TrustedFile {
	var file TrustedFile
	file.URI, _ = m.Text("loader.entrypoint.uri")
	sum, _ := m.Text("loader.entrypoint.sha256")
	_ = file.SHA256.UnmarshalText([]byte(sum)) // Check says when it is none
	return file
}
