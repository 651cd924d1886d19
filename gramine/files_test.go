package gramine

import (
	"context"
	"crypto/sha256"
	"debug/elf"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func writeELF(t *testing.T, path string, kind elf.Type, loader string, libraries ...string) {
	t.Helper()
	f := elfFile{kind: kind, machine: elf.EM_X86_64, size: 1000, loader: loader, libraries: libraries}
	if err := os.WriteFile(path, f.bytes(t), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLibraries(t *testing.T) {
	dir, more := t.TempDir(), t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	writeELF(t, at("podd"), elf.ET_DYN, "/lib64/ld-linux-x86-64.so.2", "libstdc++.so.6", "libc.so.6")
	writeELF(t, at("libc.so.6"), elf.ET_DYN, "", "ld-linux-x86-64.so.2")
	writeELF(t, at("ld-linux-x86-64.so.2"), elf.ET_DYN, "")
	writeELF(t, filepath.Join(more, "libstdc++.so.6"), elf.ET_DYN, "", "libc.so.6", "libm.so.6")
	writeELF(t, filepath.Join(more, "libm.so.6"), elf.ET_DYN, "", "libc.so.6")
	writeELF(t, filepath.Join(more, "libc.so.6"), elf.ET_DYN, "", "libanother.so") // the first folder's is taken
	writeELF(t, at("libunused.so"), elf.ET_DYN, "")

	got, err := Libraries(t.Context(), at("podd"), []string{dir, more}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var want []TrustedFile
	for _, path := range []string{at("ld-linux-x86-64.so.2"), at("libc.so.6"), filepath.Join(more, "libm.so.6"), filepath.Join(more, "libstdc++.so.6")} {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, TrustedFile{"file:/phallama/lib/" + filepath.Base(path), sha256.Sum256(raw)})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	v := values()
	v.Libraries = got
	render(t, v) // what is found is what the rules want

	writeELF(t, at("static"), elf.ET_EXEC, "")
	if got, err := Libraries(t.Context(), at("static"), nil, nil); err != nil || got != nil {
		t.Errorf("static: got %v, %v", got, err)
	}
	writeELF(t, at("out"), elf.ET_DYN, "", "../libc.so.6")
	if err := os.WriteFile(at("script"), []byte("#!/bin/sh\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		binary  string
		folders []string
		want    string
	}{
		{"podd", []string{dir}, "links libstdc++.so.6: expected it in " + dir},
		{"podd", nil, "expected a static binary, or folders with its libraries: --libs"},
		{"out", []string{dir}, "expected the name of a library without a folder"},
		{"script", []string{dir}, "expected a binary for Linux"},
		{"nosuch", []string{dir}, "nosuch"},
		{".", []string{dir}, "expected a regular file"},
	} {
		if _, err := Libraries(t.Context(), at(c.binary), c.folders, nil); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.binary, err, c.want)
		}
	}
}

func TestHashFile(t *testing.T) {
	content := strings.Repeat("0123456789abcdef", 200_000)
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	var done, total uint64
	got, err := HashFile(t.Context(), path, func(d, all uint64) { done, total = d, all })
	if err != nil || got != sha256.Sum256([]byte(content)) || done != total || total != uint64(len(content)) {
		t.Errorf("got %s after %d of %d bytes, %v", got, done, total, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := HashFile(ctx, path, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := HashFile(t.Context(), t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "expected a regular file") {
		t.Errorf("got %v", err)
	}
	if _, err := ReadLimited(path, 10); err == nil || !strings.Contains(err.Error(), "expected at most 10 bytes") {
		t.Errorf("got %v", err)
	}
}
