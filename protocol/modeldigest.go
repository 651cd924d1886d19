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
	"regexp"
	"strconv"
	"strings"
)

// Limits of a model manifest and of the model behind it (docs/spec/model-digest.md).
const (
	MaxModelManifest = 64 << 10 // bytes of JSON
	MaxModelLayers   = 64
	MaxModelSize     = 1 << 40 // bytes, all blobs together
	maxMediaType     = 128     // bytes
	copyBuffer       = 1 << 20
)

const (
	modelDigestTag    = "phallama/model/v1\n"
	manifestMediaType = "application/vnd.docker.distribution.manifest.v2+json"
)

// Ollama's defaults for the parts of a model name that may be left out.
const (
	defaultModelHost      = "registry.ollama.ai"
	defaultModelNamespace = "library"
	defaultModelTag       = "latest"
)

var (
	blobDigestForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	mediaTypeForm  = regexp.MustCompile(`^[a-z0-9]+/[a-z0-9.+_-]+$`)
	namePartForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$`)
)

// blob is one content-addressed part of a model: its config or a layer.
type blob struct {
	mediaType string
	digest    string
	size      int64
}

// ModelDigest is the identity of a model that offers and receipts sign: the SHA-256 of a canonical text of its
// manifest. It depends on neither the manifest's JSON formatting nor the path the model was created from. It says
// nothing about the blobs themselves: see [ModelDigestFS].
func ModelDigest(manifest []byte) (Hash, error) {
	blobs, err := parseModelManifest(manifest)
	if err != nil {
		return Hash{}, fmt.Errorf("model manifest: %w", err)
	}
	return sha256.Sum256(canonicalModel(blobs)), nil
}

// ModelFiles is a model that was read whole out of a store.
type ModelFiles struct {
	Digest Hash
	Size   int64 // bytes of its blobs, each once
	Blobs  []ModelBlob
}

// ModelBlob is one file of a model: its config or a layer. A file that two layers share stands here once.
type ModelBlob struct {
	Path      string // in the store
	MediaType string
	Size      int64
}

// ModelDigestFS reads a model out of a store in Ollama's layout, hashes every blob against the digest that its manifest
// names, and returns the model's digest and the size of its blobs in bytes. The name is one that Ollama takes: "wisp",
// "wisp:latest", "namespace/model:tag" or "host/namespace/model:tag".
func ModelDigestFS(store fs.FS, model string) (digest Hash, size int64, err error) {
	files, err := CopyModelFS(store, model, func(string, int64) (io.WriteCloser, error) { return discard{}, nil })
	return files.Digest, files.Size, err
}

// ModelManifestFS is the SHA-256 of a model's manifest in a store in Ollama's layout, which Ollama gives as the model's digest.
// No blob is hashed: it says that the store has such a model, and not that it is whole. Where there is none the error is
// [fs.ErrNotExist].
func ModelManifestFS(store fs.FS, model string) (Hash, error) {
	path, err := manifestPath(model)
	if err != nil {
		return Hash{}, err
	}
	manifest, err := readAtMost(store, path, MaxModelManifest)
	if err == nil {
		_, err = parseModelManifest(manifest)
	}
	if err != nil {
		return Hash{}, fmt.Errorf("model %q: %w", model, err)
	}
	return sha256.Sum256(manifest), nil
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) Close() error                { return nil }

// CopyModelFS is [ModelDigestFS] that writes every file of the model, the manifest last, as it reads it: what was hashed
// is what was written, and the store is read once. The function create makes the file of that path and size in another
// store; where it returns nil, that file is there already, hashed, and is not read again. After an error the files written
// are worth nothing.
func CopyModelFS(store fs.FS, model string, create func(path string, size int64) (io.WriteCloser, error)) (ModelFiles, error) {
	path, err := manifestPath(model)
	if err != nil {
		return ModelFiles{}, err
	}
	manifest, err := readAtMost(store, path, MaxModelManifest)
	if err != nil {
		return ModelFiles{}, fmt.Errorf("model %q: %w", model, err)
	}
	blobs, err := parseModelManifest(manifest)
	if err != nil {
		return ModelFiles{}, fmt.Errorf("model %q: manifest: %w", model, err)
	}
	files := ModelFiles{Digest: sha256.Sum256(canonicalModel(blobs))}
	checked := map[string]int64{}
	for _, b := range blobs {
		if n, ok := checked[b.digest]; ok && n == b.size {
			continue
		}
		if err := copyBlob(store, b, create); err != nil {
			return ModelFiles{}, fmt.Errorf("model %q: %w", model, err)
		}
		checked[b.digest] = b.size
		files.Size += b.size
		files.Blobs = append(files.Blobs, ModelBlob{Path: b.path(), MediaType: b.mediaType, Size: b.size})
	}
	w, err := create(path, int64(len(manifest)))
	if err == nil && w != nil {
		_, err = w.Write(manifest)
		err = errors.Join(err, w.Close())
	}
	if err != nil {
		return ModelFiles{}, fmt.Errorf("model %q: manifest: %w", model, err)
	}
	return files, nil
}

// canonicalModel is the text whose SHA-256 is the model digest. The first blob is the config. Layers stay in the
// manifest's order, because Ollama gives it a meaning: of two templates or parameter sets the later one wins.
func canonicalModel(blobs []blob) []byte {
	text := []byte(modelDigestTag)
	for i, b := range blobs {
		kind := "layer"
		if i == 0 {
			kind = "config"
		}
		text = fmt.Appendf(text, "%s %s %s %d\n", kind, b.mediaType, b.digest, b.size)
	}
	return text
}

// parseModelManifest returns the config and the layers of a manifest, config first. It is stricter than JSON decoding
// into a struct: unknown, repeated and differently cased members are errors, so that no two readers can understand one
// manifest differently.
func parseModelManifest(manifest []byte) ([]blob, error) {
	if len(manifest) > MaxModelManifest {
		return nil, fmt.Errorf("%d bytes, at most %d are read", len(manifest), MaxModelManifest)
	}
	dec := json.NewDecoder(bytes.NewReader(manifest))
	dec.UseNumber()
	var config *blob
	var layers []blob
	err := members(dec, []string{"schemaVersion", "mediaType", "config", "layers"}, nil, func(name string) error {
		switch name {
		case "schemaVersion":
			return want(dec, json.Number("2"))
		case "mediaType":
			return want(dec, manifestMediaType)
		case "config":
			b, err := parseBlob(dec)
			config = &b
			return err
		default:
			var err error
			layers, err = parseLayers(dec)
			return err
		}
	})
	if err != nil {
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the manifest's end")
	}
	blobs := append([]blob{*config}, layers...)
	var total int64
	for _, b := range blobs {
		if total += b.size; total > MaxModelSize {
			return nil, fmt.Errorf("blobs add up to more than %d bytes", int64(MaxModelSize))
		}
	}
	return blobs, nil
}

func parseLayers(dec *json.Decoder) ([]blob, error) {
	if err := want(dec, json.Delim('[')); err != nil {
		return nil, err
	}
	var layers []blob
	for dec.More() {
		if len(layers) == MaxModelLayers {
			return nil, fmt.Errorf("more than %d layers", MaxModelLayers)
		}
		b, err := parseBlob(dec)
		if err != nil {
			return nil, fmt.Errorf("layer %d: %w", len(layers), err)
		}
		layers = append(layers, b)
	}
	if len(layers) == 0 {
		return nil, errors.New("no layers, expected at least one")
	}
	return layers, want(dec, json.Delim(']'))
}

func parseBlob(dec *json.Decoder) (blob, error) {
	var b blob
	err := members(dec, []string{"mediaType", "digest", "size"}, []string{"from"}, func(name string) error {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		if name == "size" {
			n, ok := tok.(json.Number)
			if ok {
				var size uint64
				size, err = strconv.ParseUint(n.String(), 10, 63)
				b.size = int64(size)
			}
			if !ok || err != nil || b.size > MaxModelSize {
				return fmt.Errorf("size is %v, expected an integer from 0 to %d", tok, int64(MaxModelSize))
			}
			return nil
		}
		text, ok := tok.(string)
		switch {
		case !ok:
			return fmt.Errorf("%s is not a string", name)
		case name == "mediaType":
			if len(text) > maxMediaType || !mediaTypeForm.MatchString(text) {
				return fmt.Errorf("mediaType is %.40q, expected at most %d characters like application/vnd.ollama.image.model", text, maxMediaType)
			}
			b.mediaType = text
		case name == "digest":
			if !blobDigestForm.MatchString(text) {
				return fmt.Errorf("digest is %.80q, expected sha256: and 64 lower-case hex digits", text)
			}
			b.digest = text
		}
		return nil // "from" says where the model was created and is left out of the digest
	})
	return b, err
}

// members reads a JSON object and calls value for each member, whose value it must consume. Every required member
// stands once, every optional one at most once, and no other stands at all.
func members(dec *json.Decoder, required, optional []string, value func(name string) error) error {
	if err := want(dec, json.Delim('{')); err != nil {
		return err
	}
	left := map[string]bool{}
	for _, name := range append(required[:len(required):len(required)], optional...) {
		left[name] = true
	}
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return err
		}
		name, _ := tok.(string)
		if !left[name] {
			return fmt.Errorf("member %.40q is unknown or repeated", name)
		}
		delete(left, name)
		if err := value(name); err != nil {
			return err
		}
	}
	for _, name := range required {
		if left[name] {
			return fmt.Errorf("member %q is missing", name)
		}
	}
	return want(dec, json.Delim('}'))
}

// want consumes one JSON token, which must be the given one.
func want(dec *json.Decoder, token json.Token) error {
	got, err := dec.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return err
	}
	if got != token {
		return fmt.Errorf("found %.80q, expected %q", fmt.Sprint(got), fmt.Sprint(token))
	}
	return nil
}

// manifestPath is where Ollama keeps the manifest of a model.
func manifestPath(model string) (string, error) {
	host, namespace, tag := defaultModelHost, defaultModelNamespace, defaultModelTag
	name := model
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name, tag = name[:i], name[i+1:]
	}
	parts := strings.Split(name, "/")
	switch len(parts) {
	case 3:
		host, namespace, name = parts[0], parts[1], parts[2]
	case 2:
		namespace, name = parts[0], parts[1]
	}
	for _, p := range []string{host, namespace, name, tag} {
		if !namePartForm.MatchString(p) {
			return "", fmt.Errorf("model name %.100q: expected [[host/]namespace/]model[:tag], parts of at most 80 letters, digits, '.', '_', '-'", model)
		}
	}
	return strings.Join([]string{"manifests", host, namespace, name, tag}, "/"), nil
}

// CheckModelName is nil for a name that [ModelDigestFS] takes.
func CheckModelName(model string) error {
	_, err := manifestPath(model)
	return err
}

func readAtMost(store fs.FS, path string, limit int64) ([]byte, error) {
	f, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s has more than %d bytes", path, limit)
	}
	return data, err
}

func (b blob) path() string { return "blobs/" + strings.Replace(b.digest, ":", "-", 1) }

func copyBlob(store fs.FS, b blob, create func(path string, size int64) (io.WriteCloser, error)) (err error) {
	f, err := store.Open(b.path())
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := create(b.path(), b.size)
	if err != nil {
		return fmt.Errorf("blob %s: %w", b.digest, err)
	}
	if w == nil {
		return nil
	}
	h := sha256.New()
	n, err := io.CopyBuffer(io.MultiWriter(h, w), io.LimitReader(f, b.size), make([]byte, copyBuffer))
	if err = errors.Join(err, w.Close()); err != nil {
		return fmt.Errorf("blob %s: %w", b.digest, err)
	}
	more := ""
	if n == b.size { // whatever follows is not copied
		if extra, err := f.Read(make([]byte, 1)); extra > 0 {
			n, more = n+1, " or more"
		} else if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("blob %s: %w", b.digest, err)
		}
	}
	if n != b.size {
		return fmt.Errorf("blob %s: %d bytes%s, the manifest says %d", b.digest, n, more, b.size)
	}
	if got := "sha256:" + hex.EncodeToString(h.Sum(nil)); got != b.digest {
		return fmt.Errorf("blob %s is damaged: its bytes hash to %s", b.digest, got)
	}
	return nil
}
