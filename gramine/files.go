package gramine

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// HashFile computes a file's sum. Progress, which may be nil, is told how many bytes of all are read.
func HashFile(ctx context.Context, path string, progress func(done, total uint64)) (Digest, error) {
	file, err := os.Open(path)
	if err != nil {
		return Digest{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return Digest{}, err
	}
	if !info.Mode().IsRegular() {
		return Digest{}, fmt.Errorf("%s: expected a regular file, got %s", path, info.Mode().Type())
	}
	sum, buffer := sha256.New(), make([]byte, 1<<20)
	var done uint64
	for {
		if err := ctx.Err(); err != nil {
			return Digest{}, err
		}
		n, err := file.Read(buffer)
		sum.Write(buffer[:n])
		done += uint64(n)
		if progress != nil {
			progress(done, uint64(info.Size()))
		}
		if errors.Is(err, io.EOF) {
			return Digest(sum.Sum(nil)), nil
		}
		if err != nil {
			return Digest{}, err
		}
	}
}

// ReadLimited reads a file of at most limit bytes.
func ReadLimited(path string, limit int) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, int64(limit)+1))
	if err == nil && len(raw) > limit {
		err = fmt.Errorf("%s: expected at most %d bytes", path, limit)
	}
	return raw, err
}

const (
	maxLibraries = 256
	maxELF       = 2 << 30 // bytes of a binary or a library
)

// Libraries finds what a binary links, and what that links, in folders, and hashes it. A file of the folders that nobody
// links is not among them. A static binary has none.
func Libraries(ctx context.Context, binary string, folders []string, progress func(path string, done, total uint64)) ([]TrustedFile, error) {
	var files []TrustedFile
	seen := map[string]bool{}
	wanted, err := needs(binary)
	if err != nil {
		return nil, err
	}
	for len(wanted) > 0 {
		name := wanted[0]
		wanted = wanted[1:]
		if seen[name] {
			continue
		}
		if seen[name] = true; len(seen) > maxLibraries {
			return nil, fmt.Errorf("%s: expected at most %d libraries", binary, maxLibraries)
		}
		path, err := find(name, folders)
		if err != nil {
			return nil, fmt.Errorf("%s links %s: %w", binary, name, err)
		}
		more, err := needs(path)
		if err != nil {
			return nil, err
		}
		wanted = append(wanted, more...)
		digest, err := HashFile(ctx, path, func(done, total uint64) {
			if progress != nil {
				progress(path, done, total)
			}
		})
		if err != nil {
			return nil, err
		}
		files = append(files, TrustedFile{URI: "file:" + LibraryPath + "/" + name, SHA256: digest})
	}
	slices.SortFunc(files, func(a, b TrustedFile) int { return cmp.Compare(a.URI, b.URI) })
	return files, nil
}

// find looks for a library by its name. The first folder that has it wins.
func find(name string, folders []string) (string, error) {
	if name == "" || name != filepath.Base(name) || strings.HasPrefix(name, ".") {
		return "", fmt.Errorf("expected the name of a library without a folder, got %.80q", name)
	}
	for _, folder := range folders {
		path := filepath.Join(folder, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, nil
		}
	}
	if len(folders) == 0 {
		return "", errors.New("expected a static binary, or folders with its libraries: --libs")
	}
	return "", fmt.Errorf("expected it in %s: Gramine's own C library comes first, in runtime/glibc where Gramine is installed", strings.Join(folders, ", "))
}

// needs are the libraries that an ELF file names, and its loader.
func needs(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxELF {
		return nil, fmt.Errorf("%s: expected a regular file of at most %d bytes", path, maxELF)
	}
	file, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: expected a binary for Linux: %w", path, err)
	}
	defer file.Close()
	if file.Machine != elf.EM_X86_64 {
		return nil, fmt.Errorf("%s: expected a binary for x86-64, got %v", path, file.Machine)
	}
	names, err := file.ImportedLibraries()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, p := range file.Progs {
		if p.Type != elf.PT_INTERP {
			continue
		}
		if p.Filesz > 4096 {
			return nil, fmt.Errorf("%s: expected the path of its loader, got %d bytes", path, p.Filesz)
		}
		loader, err := io.ReadAll(p.Open())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		// Gramine looks for it by its name in /lib.
		names = append(names, filepath.Base(string(bytes.TrimRight(loader, "\x00"))))
	}
	return names, nil
}
