package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
)

const (
	ours        = "github.com/phallama/phallama"
	howToReview = "read what the modules do in the enclave, then `cd deploy/release && UPDATE=1 go test -run TestDependencies .` and commit with the reason"
)

// module is one that a binary of the enclave links, with the packages of it.
type module struct {
	path, version string // no version: this repository
	packages      []string
	folder        string // on this machine; in no list
}

// listFile is the reviewed list of what a binary links.
func (b binary) listFile(root string) string {
	return filepath.Join(root, b.module, b.main, "dependencies.txt")
}

// dependencies asks Go what a binary links, the standard library aside.
func dependencies(ctx context.Context, root string, b binary) ([]module, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-json=ImportPath,Standard,Module", "-tags", strings.Join(b.tags(), ","), "./"+b.main)
	cgo := "CGO_ENABLED=0"
	if b.engine {
		cgo = "CGO_ENABLED=1"
	}
	cmd.Dir, cmd.Env = filepath.Join(root, b.module), environment(cgo)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list for %s: %w\n%s", b.name, err, &stderr)
	}
	found := map[string]*module{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Standard   bool
			Module     *struct{ Path, Version, Dir string }
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		if p.Standard || p.Module == nil {
			continue
		}
		m := found[p.Module.Path]
		if m == nil {
			m = &module{path: p.Module.Path, version: p.Module.Version, folder: p.Module.Dir}
			if isOurs(m.path) {
				m.version = ""
			}
			found[m.path] = m
		}
		m.packages = append(m.packages, p.ImportPath)
	}
	var all []module
	for _, m := range found {
		slices.Sort(m.packages)
		all = append(all, *m)
	}
	slices.SortFunc(all, func(a, b module) int { return strings.Compare(a.path, b.path) })
	return all, nil
}

// tags are the build tags of a binary.
func (b binary) tags() []string {
	if b.engine {
		return []string{"engine", "netgo", "osusergo"} // mkengine's
	}
	return nil
}

func isOurs(path string) bool { return path == ours || strings.HasPrefix(path, ours+"/") }

// moduleOf is a module as build information has it. A module of this repository, or one that was replaced by a patched
// copy of the same version, counts under its own name.
func moduleOf(dep *debug.Module) module {
	m := module{path: dep.Path, version: dep.Version}
	if isOurs(m.path) {
		m.version = ""
	}
	return m
}

// formatList writes a list: a line for each module with its version, the packages below it.
func formatList(modules []module) []byte {
	var b bytes.Buffer
	for _, m := range modules {
		fmt.Fprintln(&b, strings.TrimSpace(m.path+" "+m.version))
		for _, p := range m.packages {
			fmt.Fprintln(&b, "\t"+p)
		}
	}
	return b.Bytes()
}

// parseList reads what formatList wrote.
func parseList(list []byte) []module {
	var all []module
	for line := range strings.Lines(string(list)) {
		line = strings.TrimSuffix(line, "\n")
		if p, ok := strings.CutPrefix(line, "\t"); ok && len(all) > 0 {
			last := &all[len(all)-1]
			last.packages = append(last.packages, p)
			continue
		}
		path, version, _ := strings.Cut(line, " ")
		all = append(all, module{path: path, version: version})
	}
	return all
}
