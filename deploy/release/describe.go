package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

const (
	releaseFile    = "release.json"
	sumsFile       = "SHA256SUMS"
	unfinishedFile = "UNFINISHED" // there while a release is made
	composeFile    = "docker-compose.yaml"
	composeSource  = "deploy/dstack/docker-compose.yaml"
	composeDigest  = "@sha256:RELEASE" // where the compose file's source has the image's digest
	manifestSource = "deploy/gramine/podd.manifest.template"
)

// description is release.json.
type description struct {
	Version  string    `json:"version"`
	Revision string    `json:"revision"`
	Created  time.Time `json:"created"` // the commit's time
	Source   string    `json:"source"`
	Go       string    `json:"go"`
	GoAMD64  string    `json:"goamd64"`
	// Engine says what else the engine's bytes depend on; missing where it was left out.
	Engine   *engineInputs              `json:"engine,omitempty"`
	Binaries map[string]describedBinary `json:"binaries"`
	Images   map[string]madeImage       `json:"images"`
	// SGX is missing where podd-allinone was left out.
	SGX *describedEnclave `json:"sgx,omitempty"`
}

type describedBinary struct {
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	SBOM   string `json:"sbom"`
}

type engineInputs struct {
	Ollama   string `json:"ollama"`
	CPU      string `json:"cpu"` // x86-64 level of the C++ code
	Compiler string `json:"compiler"`
	Parts    []part `json:"parts"`
}

// part is C or C++ code that the engine links and no Go module names.
type part struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"` // Debian's, where the system is Debian
	License string `json:"license"`           // in SPDX's terms
	What    string `json:"what"`
	File    string `json:"file"`
	SHA256  string `json:"sha256,omitempty"`
}

// describe writes SBOMs, compose file, release.json and, last, SHA256SUMS.
func (r *release) describe(ctx context.Context, built []binary, made []madeImage) error {
	d := description{
		Version: r.source.Version, Revision: r.source.Revision, Created: r.source.Created, Source: sourceURL, GoAMD64: goAMD64,
		Binaries: map[string]describedBinary{}, Images: map[string]madeImage{},
	}
	for _, b := range built {
		info, err := buildinfo.ReadFile(filepath.Join(r.dist, b.name))
		if err != nil {
			return err
		}
		if d.Go != "" && d.Go != info.GoVersion {
			return fmt.Errorf("%s was built with %s, the others with %s", b.name, info.GoVersion, d.Go)
		}
		d.Go = info.GoVersion
		var parts []part
		if b.engine {
			if d.Engine == nil {
				if d.Engine, err = r.engineInputs(ctx, info); err != nil {
					return err
				}
			}
			parts = d.Engine.Parts
		}
		sum, size, err := hashFile(filepath.Join(r.dist, b.name))
		if err != nil {
			return err
		}
		sbom, err := r.sbom(b, parts)
		if err != nil {
			return fmt.Errorf("SBOM of %s: %w", b.name, err)
		}
		d.Binaries[b.name] = describedBinary{SHA256: sum, Size: size, SBOM: sbom}
	}
	for _, m := range made {
		d.Images[m.name] = m
		if m.name == "podd" {
			if err := r.compose(m); err != nil {
				return err
			}
		}
	}
	if _, ok := d.Binaries[sgxBinary]; ok {
		var err error
		if d.SGX, err = r.enclave(ctx); err != nil {
			return fmt.Errorf("SGX: %w", err)
		}
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(r.dist, releaseFile), append(text, '\n'), 0o644); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(r.dist, unfinishedFile)); err != nil {
		return err
	}
	return r.sums()
}

// compose writes the compose file with the digest of the image, which dstack measures with the file.
func (r *release) compose(podd madeImage) error {
	text, err := os.ReadFile(filepath.Join(r.root, composeSource))
	if err != nil {
		return err
	}
	if !bytes.Contains(text, []byte(composeDigest)) {
		return fmt.Errorf("%s names no image %s", composeSource, composeDigest)
	}
	text = bytes.ReplaceAll(text, []byte(composeDigest), []byte("@"+podd.Digest))
	return os.WriteFile(filepath.Join(r.dist, composeFile), text, 0o644)
}

// sums writes SHA256SUMS over every file of dist, in the form of sha256sum.
func (r *release) sums() error {
	entries, err := os.ReadDir(r.dist) // sorted
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, e := range entries {
		if e.Name() == sumsFile {
			continue
		}
		sum, _, err := hashFile(filepath.Join(r.dist, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s  %s\n", sum, e.Name())
	}
	return os.WriteFile(filepath.Join(r.dist, sumsFile), b.Bytes(), 0o644)
}

// systemParts are what the engine takes from the system. The texts of their licences are in licenses/.
var systemParts = []struct{ name, license, text, what, file string }{
	{"glibc", "LGPL-2.1-or-later", "glibc.txt", "linked statically", "libc.a"},
	{"glibc", "LGPL-2.1-or-later", "glibc.txt", "linked statically", "libm.a"},
	{"libstdc++", gccLicense, "gcc.txt", "linked statically", "libstdc++.a"},
	{"libgcc", gccLicense, "gcc.txt", "linked statically", "libgcc.a"},
	{"libgcc", gccLicense, "gcc.txt", "linked statically", "libgcc_eh.a"},
	{"nlohmann-json", "MIT", "nlohmann-json.txt", "a header", "nlohmann/json.hpp"},
	{"stb", "MIT", "stb.txt", "a header", "stb/stb_image.h"},
}

const gccLicense = "GPL-3.0-or-later WITH GCC-exception-3.1"

// engineInputs names what the engine is made from beside Go modules. The files of the system are named by hash: who gets
// another engine sees which of them differs.
func (r *release) engineInputs(ctx context.Context, info *buildinfo.BuildInfo) (*engineInputs, error) {
	e := &engineInputs{CPU: "x86-64-v1"}
	if r.cpu == "v3" {
		e.CPU = "x86-64-v3"
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/ollama/ollama" {
			e.Ollama = dep.Version
		}
	}
	if e.Ollama == "" {
		return nil, errors.New("the engine's build information names no Ollama")
	}
	compiler, err := output(ctx, "", "g++", "--version")
	if err != nil {
		return nil, err
	}
	e.Compiler, _, _ = strings.Cut(compiler, "\n")

	llama, err := os.ReadFile(filepath.Join(r.root, "engine/build/ollama/llama/build-info.cpp"))
	if err != nil {
		return nil, err
	}
	commit := llamaCommit.FindSubmatch(llama)
	if commit == nil {
		return nil, errors.New("llama/build-info.cpp of Ollama names no commit of llama.cpp")
	}
	e.Parts = append(e.Parts, part{Name: "llama.cpp", Version: string(commit[1]), License: "MIT", What: "in Ollama's module, with ggml and Ollama's own patches", File: "llama/build-info.cpp"})
	for _, l := range systemParts {
		path, err := systemFile(ctx, l.file)
		if err != nil {
			return nil, err
		}
		sum, _, err := hashFile(path)
		if err != nil {
			return nil, err
		}
		e.Parts = append(e.Parts, part{Name: l.name, Version: debianVersion(ctx, path), License: l.license, What: l.what, File: l.file, SHA256: sum})
	}
	return e, nil
}

var llamaCommit = regexp.MustCompile(`LLAMA_COMMIT\s*=\s*"([0-9a-f]{7,40})"`)

// systemFile finds a library or a header where the compiler does.
func systemFile(ctx context.Context, name string) (string, error) {
	if strings.HasSuffix(name, ".a") {
		path, err := output(ctx, "", "gcc", "-print-file-name="+name)
		if err == nil && !filepath.IsAbs(path) {
			err = fmt.Errorf("the compiler finds no %s", name)
		}
		return filepath.Clean(path), err
	}
	cmd := exec.CommandContext(ctx, "g++", "-E", "-x", "c++", "-include", name, "/dev/null")
	cmd.Env = environment()
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("the compiler finds no %s: %w", name, err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		if _, path, ok := strings.Cut(lines.Text(), `"`); ok && strings.Contains(lines.Text(), "/"+name+`"`) {
			path, _, _ = strings.Cut(path, `"`)
			return filepath.Clean(path), nil
		}
	}
	return "", fmt.Errorf("the compiler does not say where %s is", name)
}

// debianVersion is the version of the Debian package that holds a file, or nothing.
func debianVersion(ctx context.Context, path string) string {
	for _, p := range []string{path, strings.TrimPrefix(path, "/usr")} { // merged or not
		owner, err := output(ctx, "", "dpkg-query", "--search", p)
		if err != nil {
			continue
		}
		name, _, _ := strings.Cut(owner, ": ")
		if version, err := output(ctx, "", "dpkg-query", "--show", "--showformat=${Package} ${Version}", name); err == nil {
			return version
		}
	}
	return ""
}

func hashFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), size, err
}
