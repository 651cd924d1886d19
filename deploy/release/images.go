package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/pem"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"
	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// image is a row of the images of a release. Each is made from nothing: our binaries are static.
type image struct {
	name, title string
	binaries    []placed
	entrypoint  []string
	cmd         []string
	env         []string
	ports       []string
	folders     []folder // that the user of the image may write
	roots       bool     // certificates of public authorities, for what dials HTTPS
}

type folder struct {
	path string
	mode int64
}

// placed is a binary and where the image has it.
type placed struct{ name, path string }

// names are those of an image's binaries.
func (i image) names() []string {
	var all []string
	for _, b := range i.binaries {
		all = append(all, b.name)
	}
	return all
}

// user is that of every image: nobody's account on a host. The engine's socket is for its own user only, so that podd and
// engine have the same one.
const user = 65532

// Paths in images that configurations refer to.
const (
	poddConfig  = "/etc/phallama/podd.json"
	poddState   = "/var/lib/podd"
	engineLink  = "/run/phallama"
	modelFolder = "/models"
	userData    = "/data"
)

// Paths of the image for SGX: those of Gramine's manifest (deploy/gramine), which is measured.
const (
	sgxPodd   = "/phallama/podd"
	sgxConfig = "/phallama/podd.json"
	sgxModels = "/phallama/models"
	sgxState  = "/phallama/state"
)

var images = []image{
	{
		name: "phallama", title: "Phallama gateway: Ollama's and OpenAI's APIs on localhost, answered by verified pods",
		binaries: []placed{{"phallama", "/phallama"}}, entrypoint: []string{"/phallama"}, cmd: []string{"serve"},
		env: []string{"PHALLAMA_DATA=" + userData}, folders: []folder{{userData, 0o700}}, roots: true,
	},
	{
		name: "podd", title: "Phallama pod for a confidential virtual machine: podd and engine, two processes",
		binaries: []placed{{"engine", "/engine"}, {"podd", "/podd"}}, entrypoint: []string{"/podd"}, cmd: []string{"--config", poddConfig},
		ports:   []string{"7070/tcp", "7071/tcp"},
		folders: []folder{{engineLink, 0o700}, {poddState, 0o700}, {modelFolder, 0o755}, {"/tmp", 0o1777}},
	},
	{
		name: sgxImage, title: "Phallama pod for SGX: one process, to which Gramine, its manifest and its signature are added",
		binaries: []placed{{sgxBinary, sgxPodd}}, entrypoint: []string{sgxPodd}, cmd: []string{"--config", sgxConfig},
		folders: []folder{{sgxModels, 0o755}, {sgxState, 0o700}}, // Gramine looks for both when it starts
	},
}

// madeImage is an image in dist.
type madeImage struct {
	name    string
	Digest  string `json:"digest"`  // of its manifest: what a registry will call it
	Archive string `json:"archive"` // its OCI layout as a tar file in dist
}

// images makes those whose binaries were built, and says which it left out.
func (r *release) images(built []binary) (made []madeImage, left []string, err error) {
	have := map[string]bool{}
	for _, b := range built {
		have[b.name] = true
	}
	for _, i := range images {
		if at := slices.IndexFunc(i.binaries, func(b placed) bool { return !have[b.name] }); at >= 0 {
			left = append(left, fmt.Sprintf("image %s (there is no %s)", i.name, i.binaries[at].name))
			continue
		}
		m, err := r.makeImage(i)
		if err != nil {
			return nil, nil, fmt.Errorf("image %s: %w", i.name, err)
		}
		made = append(made, m)
	}
	return made, left, nil
}

func (r *release) makeImage(i image) (madeImage, error) {
	files, err := r.files(i)
	if err != nil {
		return madeImage{}, err
	}
	content, err := tarOf(files)
	if err != nil {
		return madeImage{}, err
	}
	layer, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(content)), nil },
		tarball.WithMediaType(types.OCILayer), tarball.WithCompressionLevel(gzip.DefaultCompression), tarball.WithCompressedCaching)
	if err != nil {
		return madeImage{}, err
	}
	base := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	img, err := mutate.Append(base, mutate.Addendum{Layer: layer, History: v1.History{
		Created: v1.Time{Time: r.source.Created}, CreatedBy: "deploy/release", Comment: strings.Join(i.names(), ", "),
	}})
	if err != nil {
		return madeImage{}, err
	}
	config, err := img.ConfigFile()
	if err != nil {
		return madeImage{}, err
	}
	config = config.DeepCopy()
	config.OS, config.Architecture, config.Created = "linux", "amd64", v1.Time{Time: r.source.Created}
	config.Config = v1.Config{
		User: fmt.Sprintf("%d:%d", user, user), Entrypoint: i.entrypoint, Cmd: i.cmd, Env: i.env, WorkingDir: "/",
		ExposedPorts: map[string]struct{}{}, Labels: r.labels(i),
	}
	for _, port := range i.ports {
		config.Config.ExposedPorts[port] = struct{}{}
	}
	if img, err = mutate.ConfigFile(img, config); err != nil {
		return madeImage{}, err
	}
	digest, err := img.Digest()
	if err != nil {
		return madeImage{}, err
	}
	m := madeImage{name: i.name, Digest: digest.String(), Archive: i.name + ".oci.tar"}
	return m, r.archive(img, i.name, m.Archive)
}

func (r *release) labels(i image) map[string]string {
	const prefix = "org.opencontainers.image."
	return map[string]string{
		prefix + "title":    i.title,
		prefix + "source":   sourceURL,
		prefix + "url":      sourceURL,
		prefix + "version":  r.source.Version,
		prefix + "revision": r.source.Revision,
		prefix + "created":  r.source.Created.Format(time.RFC3339),
		prefix + "licenses": "Apache-2.0",
	}
}

// archive writes the image's OCI layout as one tar file, the same bytes every time.
func (r *release) archive(img v1.Image, name, file string) error {
	dir, err := os.MkdirTemp("", "phallama-image-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	index, err := layout.Write(dir, empty.Index)
	if err != nil {
		return err
	}
	if err := index.AppendImage(img, layout.WithAnnotations(map[string]string{
		"org.opencontainers.image.ref.name": r.source.Version,
		"io.containerd.image.name":          "localhost/phallama/" + name + ":" + r.source.Version, // what loading it calls it
	})); err != nil {
		return err
	}
	var files []entry
	if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			files = append(files, entry{path: name + "/", mode: 0o755})
			return nil
		}
		data, err := os.ReadFile(path)
		files = append(files, entry{path: name, mode: 0o644, data: data})
		return err
	}); err != nil {
		return err
	}
	content, err := tarOf(files)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.dist, file), content, 0o644)
}

// entry is a file in a tar file, or a folder where its path ends in a slash.
type entry struct {
	path  string
	mode  int64
	owner int
	data  []byte
}

// files are what an image holds.
func (r *release) files(i image) ([]entry, error) {
	license, err := os.ReadFile(filepath.Join(r.root, "LICENSE"))
	if err != nil {
		return nil, err
	}
	all := []entry{
		{path: "LICENSE", mode: 0o644, data: license},
		{path: licencesFile, mode: 0o644, data: formatLicences(r.licences, i.names())},
		{path: "etc/passwd", mode: 0o644, data: fmt.Appendf(nil, "root:x:0:0:root:/:/nologin\nphallama:x:%d:%d:phallama:/:/nologin\n", user, user)},
		{path: "etc/group", mode: 0o644, data: fmt.Appendf(nil, "root:x:0:\nphallama:x:%d:\n", user)},
	}
	for _, b := range i.binaries {
		data, err := os.ReadFile(filepath.Join(r.dist, b.name))
		if err != nil {
			return nil, err
		}
		all = append(all, entry{path: strings.TrimPrefix(b.path, "/"), mode: 0o755, data: data})
	}
	for _, f := range i.folders {
		all = append(all, entry{path: strings.TrimPrefix(f.path, "/") + "/", mode: f.mode, owner: user})
	}
	if i.roots {
		all = append(all, entry{path: "etc/ssl/certs/ca-certificates.crt", mode: 0o644, data: roots()})
	}
	return withParents(all), nil
}

// roots are the certificates of Mozilla's public authorities, as the pinned module has them and not as the building machine does. Those
// that are trusted under a condition only are left out: a file of certificates cannot say it.
func roots() []byte {
	var b bytes.Buffer
	for root := range bundle.Roots() {
		if root.Constraint == nil {
			_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate}) // a Buffer takes everything
		}
	}
	return b.Bytes()
}

// withParents adds the folders that the entries lie in, root's.
func withParents(all []entry) []entry {
	have := map[string]bool{}
	for _, e := range all {
		have[e.path] = true
	}
	for _, e := range slices.Clone(all) {
		for dir := filepath.Dir(strings.TrimSuffix(e.path, "/")); dir != "."; dir = filepath.Dir(dir) {
			if !have[dir+"/"] {
				have[dir+"/"] = true
				all = append(all, entry{path: dir + "/", mode: 0o755})
			}
		}
	}
	return all
}

// tarOf packs entries, sorted, with numeric owners and the time 0: what has not changed has the same bytes in the next
// release.
func tarOf(all []entry) ([]byte, error) {
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range all {
		header := &tar.Header{
			Typeflag: tar.TypeReg, Name: e.path, Mode: e.mode, Uid: e.owner, Gid: e.owner, Size: int64(len(e.data)),
			ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR,
		}
		if strings.HasSuffix(e.path, "/") {
			header.Typeflag = tar.TypeDir
		}
		if err := w.WriteHeader(header); err != nil {
			return nil, fmt.Errorf("%s: %w", e.path, err)
		}
		if _, err := w.Write(e.data); err != nil {
			return nil, fmt.Errorf("%s: %w", e.path, err)
		}
	}
	err := w.Close()
	return b.Bytes(), err
}
