package protocol

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

type modelDigestVectors struct {
	Accepted []struct{ Name, Manifest, Canonical, Digest string }
	Refused  []struct{ Name, Manifest string }
}

func loadModelDigestVectors(t testing.TB) modelDigestVectors {
	t.Helper()
	data, err := os.ReadFile("../testdata/vectors/model-digest.json")
	if err != nil {
		t.Fatal(err)
	}
	var v modelDigestVectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Accepted) == 0 || len(v.Refused) == 0 {
		t.Fatal("no vectors")
	}
	return v
}

func TestModelDigestVectors(t *testing.T) {
	v := loadModelDigestVectors(t)
	for _, c := range v.Accepted {
		t.Run(c.Name, func(t *testing.T) {
			got, err := ModelDigest([]byte(c.Manifest))
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != c.Digest {
				t.Errorf("got %s, want %s", got, c.Digest)
			}
			if sum := Hash(sha256.Sum256([]byte(c.Canonical))); sum.String() != c.Digest {
				t.Errorf("the vector's canonical text hashes to %s, want %s", sum, c.Digest)
			}
		})
	}
	for _, c := range v.Refused {
		t.Run("refused: "+c.Name, func(t *testing.T) {
			if got, err := ModelDigest([]byte(c.Manifest)); err == nil {
				t.Errorf("accepted as %s", got)
			}
		})
	}
}

// The specification shows the first vector.
func TestModelDigestSpec(t *testing.T) {
	spec, err := os.ReadFile("../docs/spec/model-digest.md")
	if err != nil {
		t.Fatal(err)
	}
	first := loadModelDigestVectors(t).Accepted[0]
	for _, want := range []string{
		"```json\n" + first.Manifest + "\n```",
		"```\n" + first.Canonical + "```",
		"`" + strings.TrimPrefix(first.Digest, "0x") + "`",
	} {
		if !bytes.Contains(spec, []byte(want)) {
			t.Errorf("docs/spec/model-digest.md does not contain %q", want)
		}
	}
}

func TestModelDigestSizeLimit(t *testing.T) {
	manifest := loadModelDigestVectors(t).Accepted[0].Manifest
	for size, ok := range map[int]bool{MaxModelManifest: true, MaxModelManifest + 1: false} {
		padded := manifest + strings.Repeat(" ", size-len(manifest))
		if _, err := ModelDigest([]byte(padded)); (err == nil) != ok {
			t.Errorf("%d bytes: %v, want success %t", size, err, ok)
		}
	}
}

// modelStore is a store that holds one model with the given blobs: config first, then layers.
func modelStore(path string, blobs ...string) fstest.MapFS {
	store := fstest.MapFS{}
	var descriptors []string
	for i, data := range blobs {
		sum := sha256.Sum256([]byte(data))
		digest := hex.EncodeToString(sum[:])
		store["blobs/sha256-"+digest] = &fstest.MapFile{Data: []byte(data)}
		descriptors = append(descriptors, fmt.Sprintf(`{"mediaType":"a/b%d","digest":"sha256:%s","size":%d}`, i, digest, len(data)))
	}
	store[path] = &fstest.MapFile{Data: fmt.Appendf(nil, `{"schemaVersion":2,"mediaType":%q,"config":%s,"layers":[%s]}`,
		manifestMediaType, descriptors[0], strings.Join(descriptors[1:], ","))}
	return store
}

func TestModelDigestFS(t *testing.T) {
	for _, test := range []struct{ path, model string }{
		{"manifests/registry.ollama.ai/library/wisp/latest", "wisp"},
		{"manifests/registry.ollama.ai/library/wisp/latest", "wisp:latest"},
		{"manifests/registry.ollama.ai/library/llama3.2/1b-Q4_K_M", "llama3.2:1b-Q4_K_M"},
		{"manifests/registry.ollama.ai/someone/wisp/latest", "someone/wisp"},
		{"manifests/hf.co/someone/wisp/q8", "hf.co/someone/wisp:q8"},
	} {
		store := modelStore(test.path, "config", "weights", "template", "weights")
		got, size, err := ModelDigestFS(store, test.model)
		if err != nil {
			t.Fatal(err)
		}
		want, err := ModelDigest(store[test.path].Data)
		if err != nil {
			t.Fatal(err)
		}
		if got != want || size != int64(len("config"+"weights"+"template")) {
			t.Errorf("%s: got %s and %d bytes, want %s and 21", test.model, got, size, want)
		}
	}
}

// What is hashed is what is written, each file once and with its size, the manifest last.
func TestCopyModelFS(t *testing.T) {
	const path = "manifests/registry.ollama.ai/library/wisp/latest"
	store := modelStore(path, "config", "weights", "template", "weights")
	copied := fstest.MapFS{}
	var order []string
	create := func(path string, size int64) (io.WriteCloser, error) {
		file := &fstest.MapFile{}
		copied[path] = file
		order = append(order, path)
		return writer(func(p []byte) (int, error) { file.Data = append(file.Data, p...); return len(p), nil }), nil
	}
	files, err := CopyModelFS(store, "wisp", create)
	if err != nil {
		t.Fatal(err)
	}
	if len(copied) != len(store) || order[len(order)-1] != path {
		t.Errorf("%d files of %d, in the order %q", len(copied), len(store), order)
	}
	for name, want := range store {
		if got := copied[name]; got == nil || !bytes.Equal(got.Data, want.Data) {
			t.Errorf("%s: got %v, want %q", name, got, want.Data)
		}
	}
	var size int64
	for i, b := range files.Blobs {
		if size += b.Size; b.MediaType != fmt.Sprintf("a/b%d", i) || b.Path != order[i] {
			t.Errorf("blob %d is %+v", i, b)
		}
	}
	if digest, n, err := ModelDigestFS(copied, "wisp"); err != nil || digest != files.Digest || n != files.Size || size != n {
		t.Errorf("the copy has digest %s and %d bytes, %v; want %s and %d", digest, n, err, files.Digest, files.Size)
	}

	full := errors.New("no space left")
	for _, c := range []struct {
		name   string
		create func(string, int64) (io.WriteCloser, error)
	}{
		{"cannot create", func(string, int64) (io.WriteCloser, error) { return nil, full }},
		{"cannot write", func(string, int64) (io.WriteCloser, error) {
			return writer(func([]byte) (int, error) { return 0, full }), nil
		}},
		{"cannot create the manifest", func(p string, _ int64) (io.WriteCloser, error) {
			if p == path {
				return nil, full
			}
			return nil, nil // there already
		}},
	} {
		if files, err := CopyModelFS(store, "wisp", c.create); !errors.Is(err, full) || !files.Digest.IsZero() {
			t.Errorf("%s: %v, %+v", c.name, err, files)
		}
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(p []byte) (int, error) { return w(p) }
func (writer) Close() error                  { return nil }

func TestModelDigestFSRefuses(t *testing.T) {
	const path = "manifests/registry.ollama.ai/library/wisp/latest"
	sum := sha256.Sum256([]byte("weights"))
	weights := "blobs/sha256-" + hex.EncodeToString(sum[:])
	for _, test := range []struct {
		name, model, want string
		change            func(fstest.MapFS)
	}{
		{"flipped bit", "wisp", "is damaged", func(s fstest.MapFS) { s[weights].Data = []byte("weighTs") }},
		{"short blob", "wisp", "6 bytes, the manifest says 7", func(s fstest.MapFS) { s[weights].Data = []byte("weight") }},
		{"long blob", "wisp", "the manifest says 7", func(s fstest.MapFS) { s[weights].Data = []byte("weights and more") }},
		{"missing blob", "wisp", fs.ErrNotExist.Error(), func(s fstest.MapFS) { delete(s, weights) }},
		{"missing model", "other", `model "other"`, func(fstest.MapFS) {}},
		{"large manifest", "wisp", "more than 65536 bytes", func(s fstest.MapFS) { s[path].Data = bytes.Repeat([]byte(" "), MaxModelManifest+1) }},
		{"size disagrees between two layers", "wisp", "the manifest says 8", func(s fstest.MapFS) {
			m := string(s[path].Data)
			i := strings.LastIndex(m, `"size":7`)
			s[path].Data = []byte(m[:i] + `"size":8` + m[i+len(`"size":7`):])
		}},
		{"name leaves the store", "../../wisp", "model name", func(fstest.MapFS) {}},
		{"name is empty", "", "model name", func(fstest.MapFS) {}},
		{"tag is empty", "wisp:", "model name", func(fstest.MapFS) {}},
		{"name has too many parts", "a/b/c/d", "model name", func(fstest.MapFS) {}},
	} {
		t.Run(test.name, func(t *testing.T) {
			store := modelStore(path, "config", "weights", "template", "weights")
			test.change(store)
			_, _, err := ModelDigestFS(store, test.model)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error that says %q", err, test.want)
			}
		})
	}
}

// FuzzModelDigest holds that whatever is accepted has one canonical text, and that writing a manifest anew from what was
// understood gives the same digest.
func FuzzModelDigest(f *testing.F) {
	v := loadModelDigestVectors(f)
	for _, c := range v.Accepted {
		f.Add([]byte(c.Manifest))
	}
	for _, c := range v.Refused {
		f.Add([]byte(c.Manifest))
	}
	f.Fuzz(func(t *testing.T, manifest []byte) {
		digest, err := ModelDigest(manifest)
		if err != nil {
			return
		}
		blobs, err := parseModelManifest(manifest)
		if err != nil {
			t.Fatal(err)
		}
		text := string(canonicalModel(blobs))
		lines := strings.Split(text, "\n")
		if len(lines) != len(blobs)+2 {
			t.Fatalf("%d blobs give %d lines: %q", len(blobs), len(lines), text)
		}
		var descriptors []string
		for _, b := range blobs {
			descriptors = append(descriptors, fmt.Sprintf(`{"size":%d,"digest":%q,"mediaType":%q}`, b.size, b.digest, b.mediaType))
		}
		again, err := ModelDigest(fmt.Appendf(nil, `{"layers":[%s],"config":%s,"mediaType":%q,"schemaVersion":2}`,
			strings.Join(descriptors[1:], ","), descriptors[0], manifestMediaType))
		if err != nil || again != digest {
			t.Fatalf("written anew: %s, %v, want %s", again, err, digest)
		}
	})
}
