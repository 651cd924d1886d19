// Package phallama holds no code: this test holds the repository to the house plan of docs/design/architecture.md.
package phallama

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/phallama/phallama/"

// floors says what each package may import of ours; "x/**" means x and everything below it. A package that is not
// here fails the test: give it a place first.
var floors = map[string][]string{
	"protocol":                        {},
	"envelope":                        {},
	"attest/strictjson":               {},
	"attest/dcap":                     {"attest/strictjson"},
	"durable":                         {},
	"network":                         {"durable"},
	"egress":                          {},
	"gramine":                         {},
	"deploy/gramine":                  {},
	"chain/bindings/escrow":           {},
	"chain/bindings/podregistry":      {},
	"chain/bindings/devtoken":         {},
	"chain/bindings/timelock":         {},
	"chain/bindings/sgxquoteverifier": {},
	"chain/bindings/gen":              {},
	"attest":                          {"protocol", "attest/dcap", "attest/strictjson"},
	"attest/collateral":               {"attest/dcap", "attest/strictjson", "durable"},
	"meter":                           {"protocol"},
	"ledger":                          {"protocol"},
	"wallet":                          {"protocol"},
	"relay":                           {"protocol", "egress"},
	"chain":                           {"protocol", "network", "chain/bindings/**"},
	"attest/simulated":                {"attest", "attest/dcap", "durable"},
	"pod":                             {"protocol", "envelope", "attest", "meter", "ledger"},
	"client":                          {"protocol", "envelope", "attest", "meter", "ledger", "egress", "durable"},
	"enclave":                         {"pod", "protocol", "envelope", "attest", "meter", "ledger"},
	"gateway":                         {"client", "protocol", "durable"},
	"operator":                        {"chain", "attest", "protocol"},
	"cmd/podd":                        {"enclave", "pod", "protocol", "envelope", "attest", "attest/dcap", "attest/strictjson", "meter", "ledger", "network"},
	"internal/devnet":                 {"**"},
	"internal/devnet/bench":           {"**"},
	"internal/devnet/plain":           {"client", "protocol"},
	"internal/devnet/evm":             {},
	"internal/devnet/evm/faults":      {},
	"internal/devnet/soak":            {"**"},
	"cmd/phallama":                    {"**"},
	"web":                             {},
	"web/client/testserver":           {"protocol", "envelope"},
}

// gethRooms are the only packages that may import go-ethereum.
var gethRooms = []string{"chain", "chain/**", "wallet", "internal/devnet/**", "cmd/phallama"}

type goPackage struct {
	ImportPath string
	Dir        string
	Doc        string
	Imports    []string
	GoFiles    []string
}

func TestFloorplan(t *testing.T) {
	for _, p := range listPackages(t) {
		room := strings.TrimPrefix(p.ImportPath, module)
		allowed, ok := floors[room]
		if !ok {
			t.Errorf("%s has no place in the floor plan", room)
			continue
		}
		if p.Doc == "" {
			t.Errorf("%s has no package comment", room)
		}
		for _, imported := range p.Imports {
			if ours, ok := strings.CutPrefix(imported, module); ok && !within(ours, allowed) {
				t.Errorf("%s imports %s, which does not lie below it", room, ours)
			}
			if strings.HasPrefix(imported, "github.com/ethereum/go-ethereum") && !within(room, gethRooms) {
				t.Errorf("%s imports %s: go-ethereum is for %v only", room, imported, gethRooms)
			}
		}
	}
}

func TestNoReplace(t *testing.T) {
	for _, file := range []string{"go.mod", "engine/go.mod", "interop/go.mod", "deploy/release/go.mod"} {
		text, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			// interop tests this very checkout, and engine links it.
			own := file != "go.mod" && strings.TrimSpace(line) == "replace github.com/phallama/phallama => ../"
			if strings.HasPrefix(strings.TrimSpace(line), "replace") && !own {
				t.Errorf("%s: %s", file, line)
			}
		}
	}
}

func TestFileLength(t *testing.T) {
	const limit = 600
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && slices.Contains([]string{".git", "bin", "build", "node_modules", "bindings", "out", "cache"}, d.Name()) {
			return fs.SkipDir
		}
		if !slices.Contains([]string{".go", ".sol", ".ts", ".svelte"}, filepath.Ext(path)) {
			return nil
		}
		text, err := os.ReadFile(path)
		if n := bytes.Count(text, []byte("\n")); n > limit {
			t.Errorf("%s has %d lines, at most %d", path, n, limit)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Tests may import what they like but for one thing: nothing but tests and the devnet touches the simulated platform.
func TestSimulatedStaysOutside(t *testing.T) {
	for _, p := range listPackages(t) {
		room := strings.TrimPrefix(p.ImportPath, module)
		for _, file := range p.GoFiles {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range parsed.Imports {
				if spec.Path.Value == `"`+module+`attest/simulated"` && !within(room, []string{"internal/devnet/**", "cmd/phallama"}) {
					t.Errorf("%s/%s imports attest/simulated", room, file)
				}
			}
		}
	}
}

func within(room string, patterns []string) bool {
	for _, pattern := range patterns {
		if pattern == "**" || pattern == room {
			return true
		}
		if base, ok := strings.CutSuffix(pattern, "/**"); ok && (room == base || strings.HasPrefix(room, base+"/")) {
			return true
		}
	}
	return false
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(goCommand(t, "list", "-json=ImportPath,Dir,Doc,Imports,GoFiles", "./...")))
	var all []goPackage
	for {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(p.GoFiles) > 0 {
			all = append(all, p)
		}
	}
}

func goCommand(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("go", args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, &stderr)
	}
	return out
}
