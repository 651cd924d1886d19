package main

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licencesFile is in dist and in every image: most of what a binary links asks for its licence to go with it.
const licencesFile = "LICENSES.txt"

// keptLicences are those of what the engine takes from the system, whose own copies are not everywhere the same, and of
// modules without one.
//
//go:embed licenses/*.txt
var keptLicences embed.FS

// exceptions are modules that carry no licence file, and the text of their repository.
var exceptions = map[string]string{
	"github.com/holiman/bloomfilter/v2": "bloomfilter.txt", // its repository has one, and v2.0.3 of the module does not
}

// licence is a file that asks to go with binaries.
type licence struct {
	of   string // module and version, or what else it is of
	file string // its path there
	text []byte
	in   []string // binaries
}

var licenceName = regexp.MustCompile(`(?i)^([a-z0-9]+[._-])?(licen[cs]es?|copying|copyright|notice|patents|unlicense)([._-].*)?$`)

// findLicences finds the licences of all that a binary is made of, but for our own.
func findLicences(ctx context.Context, root string, b binary) ([]licence, error) {
	goroot, err := output(ctx, filepath.Join(root, b.module), "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	modules, err := dependencies(ctx, root, b)
	if err != nil {
		return nil, err
	}
	modules = append(modules, module{path: "Go's standard library", folder: goroot})
	var all []licence
	for _, m := range modules {
		if isOurs(m.path) {
			continue
		}
		found, err := licencesOf(m)
		if err != nil {
			return nil, err
		}
		if file := exceptions[m.path]; file != "" {
			text, err := keptLicences.ReadFile("licenses/" + file)
			if err != nil {
				return nil, err
			}
			found = append(found, licence{of: m.path + " " + m.version, file: file, text: text})
		}
		if !slices.ContainsFunc(found, func(l licence) bool { return !isNotice(l.file) }) {
			return nil, fmt.Errorf("%s has no licence in %s: look for its terms before it is part of a release", strings.TrimSpace(m.path+" "+m.version), m.folder)
		}
		all = append(all, found...)
	}
	libraries, err := b.libraries(root)
	if err != nil {
		return nil, err
	}
	for _, l := range libraries {
		all = append(all, licence{of: l.Name + " " + l.Version, file: l.License, text: []byte(l.Text)})
	}
	if b.engine {
		for _, p := range systemParts {
			text, err := keptLicences.ReadFile("licenses/" + p.text)
			if err != nil {
				return nil, err
			}
			all = append(all, licence{of: p.name, file: p.text, text: text})
		}
	}
	for i := range all {
		all[i].in = []string{b.name}
	}
	return all, nil
}

// isNotice tells a file that goes with a licence from one.
func isNotice(file string) bool {
	name := strings.ToLower(filepath.Base(file))
	return strings.HasPrefix(name, "notice") || strings.HasPrefix(name, "patents")
}

// licencesOf reads a module's licences: those at its root, and those between there and the packages that are linked,
// which are code of others.
func licencesOf(m module) ([]licence, error) {
	folders := map[string]bool{".": true}
	for _, p := range m.packages {
		inside := strings.TrimPrefix(strings.TrimPrefix(p, m.path), "/")
		for ; inside != "." && inside != ""; inside = filepath.Dir(inside) {
			folders[inside] = true
		}
	}
	var all []licence
	read := func(file string) error {
		text, err := os.ReadFile(filepath.Join(m.folder, file))
		all = append(all, licence{of: strings.TrimSpace(m.path + " " + m.version), file: filepath.ToSlash(file), text: text})
		return err
	}
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		entries, err := os.ReadDir(filepath.Join(m.folder, folder))
		if errors.Is(err, fs.ErrNotExist) {
			continue // a package of the patched copy only
		}
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			file := filepath.Join(folder, e.Name())
			switch {
			case !licenceName.MatchString(e.Name()) || filepath.Ext(e.Name()) == ".go":
				continue
			case !e.IsDir():
				err = read(file)
			case !folders[file]: // a folder of licences; no package
				var texts []os.DirEntry
				texts, err = os.ReadDir(filepath.Join(m.folder, file))
				for _, t := range texts {
					if err == nil && !t.IsDir() {
						err = read(filepath.Join(file, t.Name()))
					}
				}
			}
			if err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// formatLicences writes licences of the named binaries, each text once below all that it is of.
func formatLicences(all []licence, binaries []string) []byte {
	type heading struct{ of, file string }
	headings := map[string]map[heading][]string{} // by text
	for _, l := range all {
		for _, name := range l.in {
			if !slices.Contains(binaries, name) {
				continue
			}
			if headings[string(l.text)] == nil {
				headings[string(l.text)] = map[heading][]string{}
			}
			h := heading{l.of, l.file}
			headings[string(l.text)][h] = append(headings[string(l.text)][h], name)
		}
	}
	sorted := func(text string) []heading {
		return slices.SortedFunc(maps.Keys(headings[text]), func(a, b heading) int {
			return cmp.Or(strings.Compare(a.of, b.of), strings.Compare(a.file, b.file))
		})
	}
	texts := slices.SortedFunc(maps.Keys(headings), func(a, b string) int {
		one, other := sorted(a)[0], sorted(b)[0]
		return cmp.Or(strings.Compare(one.of, other.of), strings.Compare(one.file, other.file), strings.Compare(a, b))
	})
	line := strings.Repeat("=", 80)
	var out bytes.Buffer
	fmt.Fprintf(&out, "Phallama is under the Apache License, version 2.0 (LICENSE). These are the licences\nof what is in %s beside it.\n", strings.Join(binaries, ", "))
	for _, text := range texts {
		fmt.Fprintln(&out, "\n"+line)
		for _, h := range sorted(text) {
			in := slices.Compact(slices.Sorted(slices.Values(headings[text][h])))
			fmt.Fprintf(&out, "%s: %s (%s)\n", h.of, h.file, strings.Join(in, ", "))
		}
		fmt.Fprintf(&out, "%s\n\n%s\n", line, strings.TrimRight(text, "\n"))
	}
	return out.Bytes()
}

// collectLicences writes those of all binaries, and keeps them for the images.
func (r *release) collectLicences(ctx context.Context, built []binary) error {
	var names []string
	for _, b := range built {
		found, err := findLicences(ctx, r.root, b)
		if err != nil {
			return fmt.Errorf("licences of %s: %w", b.name, err)
		}
		r.licences = append(r.licences, found...)
		names = append(names, b.name)
	}
	return os.WriteFile(filepath.Join(r.dist, licencesFile), formatLicences(r.licences, names), 0o644)
}
