package gramine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// MaxRelease is how many bytes of JSON a release's document has at most.
const MaxRelease = 1 << 20

const releaseSchema = 1

// Release says what a release of podd is when it runs in SGX, and how anyone finds the same. docs/spec/mrenclave.md
// describes its form.
type Release struct {
	Schema     int        `json:"schema"`
	Release    string     `json:"release"`
	MRENCLAVE  Digest     `json:"mrenclave"`
	ISVProdID  uint16     `json:"isvProdId"`
	ISVSVN     uint16     `json:"isvSvn"`
	Attributes Attributes `json:"attributes"`
	// Manifest is the sum of the manifest, which is published with this document.
	Manifest Digest `json:"manifest"`
	Gramine  Build  `json:"gramine"`
	// TrustedFiles are podd, its configuration and its libraries, by their places in the image.
	TrustedFiles []TrustedFile `json:"trustedFiles"`
	// Reproduce are the commands that find MRENCLAVE.
	Reproduce []string `json:"reproduce"`
}

// Build is the build of Gramine that a measurement belongs to: another one of the same version has another.
type Build struct {
	Version string      `json:"version"`
	Libpal  Digest      `json:"libpal"`
	LibOS   TrustedFile `json:"libos"`
}

// NewRelease describes the enclave that a manifest and a libpal make.
func NewRelease(name string, m *Manifest, libpal *Libpal, e *Enclave) (Release, error) {
	if err := m.Check(); err != nil {
		return Release{}, err
	}
	r := Release{
		Schema: releaseSchema, Release: name, MRENCLAVE: e.MRENCLAVE, Manifest: m.Hash(), TrustedFiles: m.TrustedFiles(),
		Gramine: Build{Version: Version, Libpal: libpal.SHA256, LibOS: m.LibOS()},
	}
	var err error
	if r.Attributes, err = m.Attributes(); err != nil {
		return Release{}, err
	}
	if r.ISVProdID, r.ISVSVN, err = m.Identity(); err != nil {
		return Release{}, err
	}
	r.Reproduce = r.reproduce(m)
	return r, nil
}

// Describe measures a manifest and a libpal.so, and describes the release that they make.
func Describe(ctx context.Context, name string, manifest, libpal []byte, progress func(done, total uint64)) (Release, error) {
	m, err := Parse(manifest)
	if err != nil {
		return Release{}, err
	}
	l, err := ParseLibpal(libpal)
	if err != nil {
		return Release{}, err
	}
	if err := m.Check(); err != nil {
		return Release{}, err
	}
	a, err := m.Attributes()
	if err != nil {
		return Release{}, err
	}
	e, err := Measure(ctx, m.Canonical(), a, l, progress)
	if err != nil {
		return Release{}, err
	}
	return NewRelease(name, m, l, e)
}

// reproduce are the commands that make the manifest from the files of an image, and measure it.
func (r *Release) reproduce(m *Manifest) []string {
	size, _ := m.Text("sgx.enclave_size")
	render := fmt.Sprintf("phallama enclave manifest --binary podd --config podd.json --libos libsysdb.so --libos-path %s --size %s --threads %d --edmm=%v --prod-id %d --svn %d",
		strings.TrimPrefix(r.Gramine.LibOS.URI, "file:"), size, r.Attributes.MaxThreads, r.Attributes.EDMM, r.ISVProdID, r.ISVSVN)
	for _, file := range r.TrustedFiles {
		if strings.HasPrefix(file.URI, "file:"+LibraryPath+"/") {
			render += " --libs lib"
			break
		}
	}
	return []string{render + " --out podd.manifest.sgx", "phallama enclave measure --manifest podd.manifest.sgx --libpal libpal.so"}
}

// JSON is the document, the same bytes every time.
func (r Release) JSON() ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	return append(text, '\n'), err
}

// ParseRelease reads a release's document.
func ParseRelease(raw []byte) (Release, error) {
	if len(raw) > MaxRelease {
		return Release{}, fmt.Errorf("release: expected at most %d bytes, got %d", MaxRelease, len(raw))
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var r Release
	if err := decoder.Decode(&r); err != nil {
		return Release{}, fmt.Errorf("release: expected what phallama enclave measure --release writes: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Release{}, errors.New("release: expected one JSON object and nothing after it")
	}
	if r.Schema != releaseSchema {
		return Release{}, fmt.Errorf("release: expected schema %d, got %d: use the phallama of that release", releaseSchema, r.Schema)
	}
	if r.MRENCLAVE == (Digest{}) {
		return Release{}, errors.New("release: mrenclave is missing")
	}
	return r, nil
}

// Compare says how another release differs from this one; nothing: it is the same enclave.
func (r Release) Compare(other Release) []Violation {
	var different []Violation
	add := func(key string, want, got any) {
		if fmt.Sprint(want) != fmt.Sprint(got) {
			different = append(different, Violation{key, fmt.Sprint(want), fmt.Sprint(got)})
		}
	}
	add("gramine.version", r.Gramine.Version, other.Gramine.Version)
	add("gramine.libpal", r.Gramine.Libpal, other.Gramine.Libpal)
	add("gramine.libos", r.Gramine.LibOS.SHA256, other.Gramine.LibOS.SHA256)
	for _, file := range r.TrustedFiles {
		at := slices.IndexFunc(other.TrustedFiles, func(f TrustedFile) bool { return f.URI == file.URI })
		if at < 0 {
			add(file.URI, file.SHA256, "nothing")
			continue
		}
		add(file.URI, file.SHA256, other.TrustedFiles[at].SHA256)
	}
	add("trustedFiles", len(r.TrustedFiles), len(other.TrustedFiles))
	add("attributes", r.Attributes, other.Attributes)
	add("isvProdId", r.ISVProdID, other.ISVProdID)
	add("isvSvn", r.ISVSVN, other.ISVSVN)
	add("manifest", r.Manifest, other.Manifest)
	add("mrenclave", r.MRENCLAVE, other.MRENCLAVE)
	return different
}
