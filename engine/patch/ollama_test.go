package patch_test

import (
	"encoding/json"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/patch"
)

// The edits fit the pinned source, and what comes out is still Go.
func TestOllamaEdits(t *testing.T) {
	out, err := exec.Command("go", "mod", "download", "-json", patch.Module+"@"+patch.Version).Output()
	var module struct{ Dir, Error string }
	if jerr := json.Unmarshal(out, &module); err != nil || jerr != nil {
		t.Fatalf("go mod download: %v, %v, %s", err, jerr, module.Error)
	}
	files := map[string]string{}
	added := map[string]bool{}
	for _, e := range patch.Ollama {
		if e.Old != "" {
			files[e.File] = read(t, module.Dir, e.File)
			continue
		}
		added[e.File] = true
		if formatted, err := format.Source([]byte(e.New)); err != nil || string(formatted) != e.New {
			t.Errorf("%s is not formatted, %v", e.File, err)
		}
	}
	root := tree(t, files)
	if err := patch.Apply(root, patch.Ollama); err != nil {
		t.Fatal(err)
	}
	for name := range added {
		files[name] = read(t, root, name)
		if _, err := os.Lstat(filepath.Join(module.Dir, name)); !os.IsNotExist(err) {
			t.Errorf("%s: upstream has a file of this name", name)
		}
	}
	for name := range files {
		src := read(t, root, name)
		if _, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution); err != nil {
			t.Errorf("patched %s: %v", name, err)
		}
	}

	// Whoever listens on TCP in the parts that the engine uses is patched.
	for _, dir := range []string{"runner", "llm", "server", "discover"} {
		err := filepath.WalkDir(filepath.Join(module.Dir, dir), func(path string, _ os.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			rel, err := filepath.Rel(module.Dir, path)
			if err != nil {
				return err
			}
			src := read(t, module.Dir, rel)
			if _, ok := files[rel]; ok {
				src = read(t, root, rel)
			}
			if strings.Contains(src, `net.Listen("tcp`) {
				t.Errorf("%s listens on TCP", rel)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
