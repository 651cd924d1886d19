package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/klauspost/cpuid/v2"
)

// headers are what Ollama's C++ code includes and its module zip leaves out,
// because Go drops folders named vendor.
var headers = []struct{ include, pkg string }{
	{"nlohmann/json.hpp", "nlohmann-json3-dev"},
	{"stb/stb_image.h", "libstb-dev"},
	{"miniaudio/miniaudio.h", ""}, // our stand-in, in include/
}

// prerequisites checks what the build needs before it starts, and returns the
// compiler flags.
func (b *builder) prerequisites(ctx context.Context) (flags string, err error) {
	if runtime.GOOS != "linux" {
		return "", fmt.Errorf("the engine is for Linux, this is %s", runtime.GOOS)
	}
	flags = "-O2 -g0"
	switch b.cpu {
	case "baseline":
	case "v3":
		if runtime.GOARCH != "amd64" {
			break
		}
		if cpuid.CPU.X64Level() < 3 {
			return "", errors.New("this CPU lacks x86-64-v3 (AVX2, FMA, BMI2), for which the engine is built by default: " +
				"build the plain one, about three times slower, with `make engine ENGINE_CPU=baseline`")
		}
		flags += " -march=x86-64-v3"
	default:
		return "", fmt.Errorf("-cpu is %q, expected v3 or baseline", b.cpu)
	}

	b.env = append(os.Environ(),
		"CGO_ENABLED=1", "GOFLAGS=", "GOWORK=off", "CGO_CPPFLAGS=", "CGO_LDFLAGS=",
		"CPLUS_INCLUDE_PATH="+filepath.Join(b.module, "include"))

	var missing, packages []string
	for _, tool := range []string{"CC", "CXX"} {
		out, err := b.command(ctx, "go", "env", tool).Output()
		if err != nil {
			return "", fmt.Errorf("go env %s: %w", tool, err)
		}
		words := strings.Fields(string(out))
		if len(words) == 0 {
			return "", fmt.Errorf("go env %s is empty: set %s to a compiler", tool, tool)
		}
		if _, err := exec.LookPath(words[0]); err != nil {
			missing = append(missing, words[0])
			if len(packages) == 0 {
				packages = append(packages, "g++")
			}
		}
		b.cxx = words
	}
	if len(missing) > 0 {
		// Without a compiler the headers cannot be tried: name them all.
		for _, h := range headers {
			if h.pkg != "" {
				packages = append(packages, h.pkg)
			}
		}
		return "", missingError(missing, packages)
	}

	sum := sha256.New()
	for _, h := range headers {
		files, err := b.headerFiles(ctx, h.include)
		if err != nil {
			missing = append(missing, h.include)
			if h.pkg != "" {
				packages = append(packages, h.pkg)
			}
			continue
		}
		if err := hashFiles(sum, files); err != nil {
			return "", err
		}
	}
	if len(missing) > 0 {
		return "", missingError(missing, packages)
	}
	// Go does not hash what CPLUS_INCLUDE_PATH and the system's folders hold
	// and would reuse objects built from older headers, but it does hash flags.
	return fmt.Sprintf("%s -DPHALLAMA_HEADERS=0x%x", flags, sum.Sum(nil)[:6]), nil
}

func missingError(missing, packages []string) error {
	return fmt.Errorf("missing: %s\nOn Debian and Ubuntu: apt-get install -y %s",
		strings.Join(missing, ", "), strings.Join(packages, " "))
}

// headerFiles lists the files that including one header reads, those of the
// compiler and the C and C++ libraries aside.
func (b *builder) headerFiles(ctx context.Context, include string) ([]string, error) {
	args := append(b.cxx[1:len(b.cxx):len(b.cxx)], "-std=c++17", "-M", "-x", "c++", "-")
	cmd := b.command(ctx, b.cxx[0], args...)
	cmd.Stdin = strings.NewReader("#include <" + include + ">\n")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	dir := "/" + filepath.Dir(include) + "/"
	var files []string
	for _, f := range strings.Fields(string(out)) {
		if strings.Contains(f, dir) {
			files = append(files, f)
		}
	}
	return files, nil
}

func hashFiles(w io.Writer, files []string) error {
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s %d\n", filepath.Base(f), len(data))
		if _, err := io.Copy(w, bytes.NewReader(data)); err != nil {
			return err
		}
	}
	return nil
}

// command runs in the module with the build's environment.
func (b *builder) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = b.module, b.env
	return cmd
}
