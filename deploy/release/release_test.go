package main

import (
	"archive/tar"
	"bytes"
	"context"
	"debug/buildinfo"
	"debug/elf"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/validate"
	"github.com/xeipuuv/gojsonschema"
)

const testVersion = "v0.0.0-test"

// The test binary stands for Go's tools as the program does.
func TestMain(m *testing.M) {
	if modules, ok := os.LookupEnv(trimModules); ok {
		os.Exit(tool(os.Args[1:], modules, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// copyTree copies what git would commit, and what `make engine` left that a release of its engine needs.
func copyTree(t *testing.T, to string) {
	t.Helper()
	out, err := output(t.Context(), repository, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(strings.Split(strings.TrimSuffix(out, "\x00"), "\x00"), "engine/build/ollama/llama/build-info.cpp") {
		copyFile(t, filepath.Join(repository, name), filepath.Join(to, name))
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) && strings.HasPrefix(from, filepath.Join(repository, "engine/build")+"/") {
		t.Fatalf("%v: run `make engine` first", err)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return // deleted and not committed
	}
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(from)
	if err == nil {
		err = os.MkdirAll(filepath.Dir(to), 0o755)
	}
	if err == nil {
		err = os.WriteFile(to, data, info.Mode())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// makeRelease makes a release in dist/ of a copy of the tree, with the engine that `make engine` built: a cold one takes
// minutes (TestReproducibleLong).
func makeRelease(t *testing.T, root string) *release {
	t.Helper()
	copyTree(t, root)
	r := &release{
		root: root, dist: filepath.Join(root, "dist"), cpu: "v3", out: io.Discard, start: time.Now(),
		source: source{testVersion, strings.Repeat("ab", 20), time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)},
	}
	if err := emptyFolder(r.dist); err != nil {
		t.Fatal(err)
	}
	r.sgx = giveSGX(t, t.TempDir())
	var built []binary
	for _, b := range binaries {
		if !b.isThere(root) {
			continue
		}
		if b.engine {
			from := filepath.Join(repository, "bin", b.name)
			if _, err := os.Stat(from); err != nil {
				t.Fatalf("%v: run `make engine` first", err)
			}
			copyFile(t, from, filepath.Join(r.dist, b.name))
		} else if err := r.buildGo(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		if err := r.review(b); err != nil {
			t.Error(err)
		}
		built = append(built, b)
	}
	if err := r.assemble(t.Context(), built, nil); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRelease(t *testing.T) {
	one := makeRelease(t, t.TempDir())
	t.Run("files", func(t *testing.T) { checkFiles(t, one) })
	t.Run("images", func(t *testing.T) { checkImages(t, one) })
	t.Run("SBOMs", func(t *testing.T) { checkSBOMs(t, one) })
	t.Run("enclave", func(t *testing.T) { checkEnclave(t, one) })
	t.Run("licences", func(t *testing.T) { checkLicences(t, one) })
	t.Run("again, elsewhere", func(t *testing.T) {
		other := makeRelease(t, filepath.Join(t.TempDir(), "a longer", "path"))
		same(t, one.dist, other.dist)
	})
}

// same compares two releases, file by file.
func same(t *testing.T, one, other string) {
	t.Helper()
	var sums [2][]byte
	for i, dist := range []string{one, other} {
		var err error
		if sums[i], err = os.ReadFile(filepath.Join(dist, sumsFile)); err != nil {
			t.Fatal(err)
		}
	}
	if diff := difference(sums[0], sums[1]); diff != "" {
		t.Errorf("two releases of one commit differ:\n%s", diff)
	}
}

// checkFiles has sha256sum check SHA256SUMS, and holds release.json against the files.
func checkFiles(t *testing.T, r *release) {
	cmd := exec.CommandContext(t.Context(), "sha256sum", "--check", "--strict", sumsFile)
	cmd.Dir = r.dist
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v: %s", err, out)
	}
	entries, err := os.ReadDir(r.dist)
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(out, []byte(": OK\n")); lines != len(entries)-1 {
		t.Errorf("%d files are summed, %d are there beside %s", lines, len(entries)-1, sumsFile)
	}
	d := readDescription(t, r.dist)
	for name, b := range d.Binaries {
		sum, size, err := hashFile(filepath.Join(r.dist, name))
		if err != nil || sum != b.SHA256 || size != b.Size {
			t.Errorf("%s: %s has %s, %d bytes; it has %s, %d; %v", name, releaseFile, b.SHA256, b.Size, sum, size, err)
		}
	}
	if d.Version != testVersion || d.Engine == nil || d.Engine.Ollama == "" || len(d.Engine.Parts) < 8 || !strings.HasPrefix(d.Go, "go1.") {
		t.Errorf("%s: %+v", releaseFile, d)
	}
	// The machine that built it is in no file. (That the module cache's path is not in assembly is trim.go's doing.)
	modules, err := output(t.Context(), "", "go", "env", "GOMODCACHE")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(r.dist, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		home, _ := os.UserHomeDir()
		for _, place := range []string{r.root, modules, home + "/.cache/"} {
			if bytes.Contains(data, []byte(place)) {
				t.Errorf("%s holds %s", e.Name(), place)
			}
		}
	}
	compose, err := os.ReadFile(filepath.Join(r.dist, composeFile))
	if err != nil || !bytes.Contains(compose, []byte("image: phallama-podd@"+d.Images["podd"].Digest+"\n")) {
		t.Errorf("%s does not name the image by digest: %v", composeFile, err)
	}
}

// loadImage reads an image back from its archive, and checks every digest in it.
func loadImage(t *testing.T, archive string) (v1.Image, v1.Hash) {
	t.Helper()
	dir := t.TempDir()
	f, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpack(t, f, dir)
	index, err := layout.ImageIndexFromPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := index.IndexManifest()
	if err != nil || len(manifest.Manifests) != 1 {
		t.Fatalf("%d images, %v; want one", len(manifest.Manifests), err)
	}
	digest := manifest.Manifests[0].Digest
	img, err := index.Image(digest)
	if err == nil {
		err = validate.Image(img)
	}
	if err != nil {
		t.Fatal(err)
	}
	return img, digest
}

// unpack extracts a tar file and returns its headers.
func unpack(t *testing.T, r io.Reader, dir string) map[string]*tar.Header {
	t.Helper()
	headers := map[string]*tar.Header{}
	for reader := tar.NewReader(r); ; {
		h, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return headers
		}
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(h.Name, "/")
		if headers[name] != nil {
			t.Errorf("%s is there twice", name)
		}
		headers[name] = h
		path := filepath.Join(dir, filepath.FromSlash(h.Name))
		if h.Typeflag == tar.TypeDir {
			err = os.MkdirAll(path, 0o755)
		} else {
			var data []byte
			if data, err = io.ReadAll(reader); err == nil {
				err = os.WriteFile(path, data, h.FileInfo().Mode())
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func checkImages(t *testing.T, r *release) {
	d := readDescription(t, r.dist)
	if len(d.Images) != len(images) {
		t.Fatalf("images: %v", slices.Collect(maps.Keys(d.Images)))
	}
	for _, i := range images {
		made := d.Images[i.name]
		t.Run(i.name, func(t *testing.T) {
			img, digest := loadImage(t, filepath.Join(r.dist, made.Archive))
			if digest.String() != made.Digest {
				t.Errorf("the archive holds %s, %s names %s", digest, releaseFile, made.Digest)
			}
			checkConfig(t, r, i, img)
			dir := t.TempDir()
			content := mutate.Extract(img)
			defer content.Close()
			headers := unpack(t, content, dir)
			checkModes(t, i, headers)
			for _, b := range i.binaries {
				checkRuns(t, filepath.Join(dir, b.path), b.name)
			}
			if i.name == "podd" {
				checkComposedConfig(t, r, filepath.Join(dir, "podd"))
			}
		})
	}
}

func checkConfig(t *testing.T, r *release, i image, img v1.Image) {
	t.Helper()
	config, err := img.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	c := config.Config
	if config.OS != "linux" || config.Architecture != "amd64" || !config.Created.Equal(r.source.Created) || c.User != "65532:65532" ||
		!slices.Equal(c.Entrypoint, i.entrypoint) || !slices.Equal(c.Cmd, i.cmd) || !slices.Equal(c.Env, i.env) || len(c.ExposedPorts) != len(i.ports) {
		t.Errorf("config: %+v", config)
	}
	for label, want := range map[string]string{
		"source": sourceURL, "version": testVersion, "revision": r.source.Revision, "licenses": "Apache-2.0", "created": "2030-01-02T03:04:05Z", "title": i.title,
	} {
		if got := c.Labels["org.opencontainers.image."+label]; got != want {
			t.Errorf("label %s: %q, want %q", label, got, want)
		}
	}
	layers, err := img.Layers()
	if err != nil || len(layers) != 1 || len(config.History) != 1 {
		t.Errorf("%d layers, %d steps in the history, %v", len(layers), len(config.History), err)
	}
}

func checkModes(t *testing.T, i image, headers map[string]*tar.Header) {
	t.Helper()
	names := slices.Sorted(maps.Keys(headers))
	writable := map[string]int64{}
	for _, f := range i.folders {
		writable[strings.TrimPrefix(f.path, "/")] = f.mode
	}
	for _, name := range names {
		h := headers[name]
		mode, owner := int64(0o644), 0
		if h.Typeflag == tar.TypeDir {
			mode = 0o755
		}
		if slices.ContainsFunc(i.binaries, func(b placed) bool { return b.path == "/"+name }) {
			mode = 0o755
		}
		if m, ok := writable[name]; ok {
			mode, owner = m, user
			delete(writable, name)
		}
		if h.Mode != mode || h.Uid != owner || h.Gid != owner || h.Uname+h.Gname != "" || h.ModTime.Unix() != 0 {
			t.Errorf("%s: mode %o, owner %d:%d %q, time %s; want mode %o, owner %d, time 0", name, h.Mode, h.Uid, h.Gid, h.Uname+h.Gname, h.ModTime, mode, owner)
		}
		if parent := filepath.Dir(name); parent != "." && headers[parent] == nil {
			t.Errorf("%s has no folder %s", name, parent)
		}
	}
	if len(writable) > 0 {
		t.Errorf("missing: %v", writable)
	}
	if headers["etc/ssl/certs/ca-certificates.crt"] != nil != i.roots || headers["LICENSE"] == nil || headers[licencesFile] == nil {
		t.Errorf("files: %v", names)
	}
}

// checkRuns runs a binary out of an image. It has to be static: the image holds no library.
func checkRuns(t *testing.T, path, name string) {
	t.Helper()
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Errorf("%s is dynamically linked, and its image holds no library: run `make engine` again", name)
		}
	}
	if name == "engine" { // which has no version of its own: it checks its flags, and the CPU
		out, err := exec.CommandContext(t.Context(), path, "--socket", "x", "--models", t.TempDir()).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "no model in the store") {
			t.Errorf("%s: %v, %s", name, err, out)
		}
		return
	}
	out, err := exec.CommandContext(t.Context(), path, "--version").CombinedOutput()
	want := name + " " + testVersion + "\n"
	if name == "podd-allinone" { // built by `make engine`, with another version
		want = name + " "
	}
	if err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("%s --version: %q, %v; want %q", name, out, err, want)
	}
}

// checkComposedConfig has podd read the configuration of the compose file: it gets as far as the models, which are not there.
func checkComposedConfig(t *testing.T, r *release, podd string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(r.dist, composeFile))
	if err != nil {
		t.Fatal(err)
	}
	content := composedConfig(t, text)
	for from, to := range map[string]string{
		"${CHAIN_ID:?}": "2035", "${REGISTRY:?}": addressOf(1), "${ESCROW:?}": addressOf(2), "${POD:?}": addressOf(3), "${OPERATOR:?}": addressOf(4),
		"${CONTROL_TOKEN:?}": "control-token-of-24-bytes", "${MODEL:?}": "wisp", "${IN_PER_M:?}": "1", "${CACHED_PER_M:?}": "1", "${OUT_PER_M:?}": "1",
		modelFolder + `"`: filepath.Join(t.TempDir(), "none") + `"`,
	} {
		if !strings.Contains(content, from) {
			t.Errorf("the configuration has no %s", from)
		}
		content = strings.ReplaceAll(content, from, to)
	}
	path := filepath.Join(t.TempDir(), "podd.json")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), podd, "--config", path).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "/none: ") || strings.Contains(string(out), "configuration") {
		t.Errorf("podd with the compose file's configuration: %v, %s", err, out)
	}
}

func addressOf(n byte) string { return "0x" + strings.Repeat(fmt.Sprintf("%02x", n), 20) }

// checkSBOMs holds SBOMs against CycloneDX's schema and against the binaries.
func checkSBOMs(t *testing.T, r *release) {
	schema := cyclonedxSchema(t)
	files, err := filepath.Glob(filepath.Join(r.dist, "*.cdx.json"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%d SBOMs, %v", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		result, err := schema.Validate(gojsonschema.NewBytesLoader(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range result.Errors() {
			t.Errorf("%s: %s", filepath.Base(file), e)
		}
		var bom cdx.BOM
		if err := cdx.NewBOMDecoder(bytes.NewReader(text), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
			t.Fatal(err)
		}
		binary := strings.TrimSuffix(file, ".cdx.json")
		sum, _, err := hashFile(binary)
		if err != nil || (*bom.Metadata.Component.Hashes)[0].Value != sum {
			t.Errorf("%s is not about its binary: %v", file, err)
		}
		info, err := buildinfo.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		names := map[string]cdx.Component{}
		for _, c := range *bom.Components {
			names[c.BOMRef] = c
		}
		for _, dep := range info.Deps {
			if c, ok := names["module:"+dep.Path]; !ok || !isOurs(dep.Path) && c.Version != dep.Version {
				t.Errorf("%s lacks %s %s", filepath.Base(file), dep.Path, dep.Version)
			}
		}
		if c, ok := names["npm:marked"]; ok != (filepath.Base(binary) == "phallama") || ok && c.Version == "" {
			t.Errorf("%s has marked, which is in the gateway's page: %t", filepath.Base(file), ok)
		}
		if filepath.Base(binary) == "engine" {
			if names["module:github.com/ollama/ollama"].Pedigree == nil || names["file:llama/build-info.cpp"].Name != "llama.cpp" || names["file:libc.a"].Hashes == nil {
				t.Errorf("the engine's SBOM does not say what is patched and what is linked: %s", text)
			}
		}
	}
}

// cyclonedxSchema is that of the pinned module, which carries it.
func cyclonedxSchema(t *testing.T) *gojsonschema.Schema {
	t.Helper()
	dir, err := output(t.Context(), "", "go", "list", "-m", "-f", "{{.Dir}}", "github.com/CycloneDX/cyclonedx-go")
	if err != nil {
		t.Fatal(err)
	}
	loader := gojsonschema.NewSchemaLoader()
	for id, name := range map[string]string{"spdx.schema.json": "spdx.schema.json", "jsf-0.82.schema.json": "jsf-0.82.schemax.json"} {
		// Named apart, or the loader would look for them on the network.
		if err := loader.AddSchema("http://cyclonedx.org/schema/"+id, gojsonschema.NewReferenceLoader("file://"+filepath.Join(dir, "schema", name))); err != nil {
			t.Fatal(err)
		}
	}
	schema, err := loader.Compile(gojsonschema.NewReferenceLoader("file://" + filepath.Join(dir, "schema", "bom-1.6.schema.json")))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// Everything from nothing, the engine's C++ code too, twice: two clones at different paths, with build caches of their own.
func TestReproducibleLong(t *testing.T) {
	if os.Getenv("PHALLAMA_TEST_LONG") == "" {
		t.Skip("compiles everything twice: deploy/test-long")
	}
	roots := []string{filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "another/place/b")}
	for _, root := range roots { // of one commit, although the first takes minutes to build
		if _, err := output(t.Context(), "", "git", "clone", "--quiet", "--no-hardlinks", mustAbs(t, repository), root); err != nil {
			t.Fatal(err)
		}
	}
	var dists []string
	for i, root := range roots {
		cmd := exec.CommandContext(context.WithoutCancel(t.Context()), "go", "run", ".")
		cmd.Dir, cmd.Env = filepath.Join(root, "deploy/release"), environment(fmt.Sprintf("GOCACHE=%s/cache%d", t.TempDir(), i))
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Run(); err != nil {
			t.Fatal(err)
		}
		dists = append(dists, filepath.Join(root, "dist"))
	}
	same(t, dists[0], dists[1])
	sums, err := os.ReadFile(filepath.Join(dists[0], sumsFile))
	t.Logf("%s of both:\n%s%v", sumsFile, sums, err)
}

func mustAbs(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}
