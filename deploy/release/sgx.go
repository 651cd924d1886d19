package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// What a release has for SGX. phallama of the same release renders and measures, as whoever checks it does.
const (
	templateFile    = "podd.manifest.template"
	manifestFile    = "podd.manifest"
	measuredConfig  = "podd.json"
	measurementFile = "podd-sgx.json"
	sgxBinary       = "podd-allinone"
	sgxImage        = "podd-sgx"

	notGiven = "no MRENCLAVE is given: it depends on Gramine's libpal.so and libsysdb.so and on a network's measured configuration, which were not given"
)

// sgxInputs are what an enclave is made of beside this repository. Without files nothing is measured.
type sgxInputs struct {
	libpal, libos, config string // files
	size                  string
	threads, svn          int
	edmm                  bool
}

func (in *sgxInputs) flags(set *flag.FlagSet) {
	set.StringVar(&in.libpal, "libpal", "", "`file` of Gramine's sgx/libpal.so, to measure podd's enclave; paths are seen from the repository's root")
	set.StringVar(&in.libos, "libos", "", "`file` of Gramine's libsysdb.so")
	set.StringVar(&in.config, "podd-config", "", "`file` of podd's measured configuration (docs/operate/enclave.md)")
	set.StringVar(&in.size, "enclave-size", "", "`size` of the enclave, a power of two such as 16G")
	set.IntVar(&in.threads, "enclave-threads", 64, "`number` of threads in the enclave at once")
	set.IntVar(&in.svn, "enclave-svn", 1, "ISVSVN, a `number` that rises when a hole was mended; signed, and a line of the manifest")
	set.BoolVar(&in.edmm, "enclave-edmm", true, "let the enclave grow while it runs")
}

// complete resolves paths, and refuses half of what a measurement needs.
func (in *sgxInputs) complete(root string) error {
	given, missing := false, []string{}
	for _, f := range []struct {
		name  string
		value *string
		file  bool
	}{{"-libpal", &in.libpal, true}, {"-libos", &in.libos, true}, {"-podd-config", &in.config, true}, {"-enclave-size", &in.size, false}} {
		if *f.value == "" {
			missing = append(missing, f.name)
			continue
		}
		given = true
		if f.file && !filepath.IsAbs(*f.value) {
			*f.value = filepath.Join(root, *f.value)
		}
	}
	if given && len(missing) > 0 {
		return fmt.Errorf("to measure the enclave %s is missing: give all of -libpal, -libos, -podd-config and -enclave-size, or none", strings.Join(missing, ", "))
	}
	return nil
}

// check looks for the files before dist is emptied, which must not hold them.
func (in *sgxInputs) check(dist string) error {
	if !in.given() {
		return nil
	}
	for _, file := range []string{in.libpal, in.libos, in.config} {
		info, err := os.Stat(file)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return fmt.Errorf("%s: want a file, got %s", file, info.Mode().Type())
		}
		if rel, err := filepath.Rel(dist, file); err == nil && filepath.IsLocal(rel) {
			return fmt.Errorf("%s is in the folder that is emptied for the release: copy it to another", file)
		}
	}
	return nil
}

func (in *sgxInputs) given() bool { return in.libpal != "" }

// describedEnclave is what release.json says of SGX.
type describedEnclave struct {
	Image    string `json:"image"`
	Binary   string `json:"binary"` // in dist; the image has it at Path
	Path     string `json:"path"`
	SHA256   string `json:"sha256"`
	Template string `json:"template"`
	// These are there if Gramine's files and a configuration were given: files in dist, and what Measurement holds.
	Manifest    string          `json:"manifest,omitempty"`
	Config      string          `json:"config,omitempty"`
	Document    string          `json:"document,omitempty"`
	Measurement json.RawMessage `json:"measurement,omitempty"`
	// NotMeasured says why they are not.
	NotMeasured string `json:"notMeasured,omitempty"`
}

// enclave writes what podd's enclave is made of and, if it can be known, its measurement.
func (r *release) enclave(ctx context.Context) (*describedEnclave, error) {
	sum, _, err := hashFile(filepath.Join(r.dist, sgxBinary))
	if err != nil {
		return nil, err
	}
	template, err := os.ReadFile(filepath.Join(r.root, manifestSource))
	if err == nil {
		err = os.WriteFile(filepath.Join(r.dist, templateFile), template, 0o644)
	}
	if err != nil {
		return nil, err
	}
	e := &describedEnclave{Image: sgxImage, Binary: sgxBinary, Path: sgxPodd, SHA256: sum, Template: templateFile}
	if !r.sgx.given() {
		e.NotMeasured = notGiven
		r.say("      %-14s %s", sgxImage, notGiven)
		return e, nil
	}
	e.Manifest, e.Config, e.Document = manifestFile, measuredConfig, measurementFile
	if e.Measurement, err = r.measure(ctx, filepath.Join(r.dist, sgxBinary), r.dist); err != nil {
		return nil, err
	}
	var document struct{ MRENCLAVE string }
	if err := json.Unmarshal(e.Measurement, &document); err != nil || document.MRENCLAVE == "" {
		return nil, fmt.Errorf("phallama enclave measure gave no measurement (%v): %s", err, e.Measurement)
	}
	r.say("      %-14s MRENCLAVE %s", sgxImage, document.MRENCLAVE)
	return e, nil
}

// tryMeasure measures with phallama itself in podd's place, so that what is wrong with the files that were given shows
// before minutes go into compiling.
func (r *release) tryMeasure(ctx context.Context) error {
	if !r.sgx.given() {
		return nil
	}
	dir, err := os.MkdirTemp("", "phallama-enclave-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	_, err = r.measure(ctx, filepath.Join(r.dist, "phallama"), dir)
	return err
}

// measure has phallama render the manifest and measure the enclave, into a folder, and returns the document.
func (r *release) measure(ctx context.Context, binary, dir string) ([]byte, error) {
	config, err := os.ReadFile(r.sgx.config)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, measuredConfig), config, 0o644)
	}
	if err != nil {
		return nil, err
	}
	manifest := filepath.Join(dir, manifestFile)
	if _, err := r.phallama(ctx, "enclave", "manifest", "--binary", binary, "--config", filepath.Join(dir, measuredConfig), "--libos", r.sgx.libos,
		"--size", r.sgx.size, "--threads", strconv.Itoa(r.sgx.threads),
		"--svn", strconv.Itoa(r.sgx.svn), "--edmm="+strconv.FormatBool(r.sgx.edmm), "--out", manifest); err != nil {
		return nil, err
	}
	document, err := r.phallama(ctx, "enclave", "measure", "--manifest", manifest, "--libpal", r.sgx.libpal, "--release")
	if err != nil {
		return nil, err
	}
	return document, os.WriteFile(filepath.Join(dir, measurementFile), document, 0o644)
}

// phallama runs that of the release.
func (r *release) phallama(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(r.dist, "phallama"), args...)
	var stderr bytes.Buffer
	cmd.Env, cmd.Stderr = environment(), &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("phallama %s: %w", strings.Join(args[:2], " "), errors.Join(err, errors.New(strings.TrimSpace(stderr.String()))))
	}
	return out, nil
}
