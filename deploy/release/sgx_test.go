package main

import (
	"bytes"
	"debug/elf"
	encoding "encoding/binary"
	"encoding/json"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// giveSGX writes what an enclave is made of beside this repository: an ELF file of libpal.so's form, something for
// libsysdb.so, of which only the sum counts, and the configuration of docs/operate/enclave.md.
func giveSGX(t *testing.T, folder string) sgxInputs {
	t.Helper()
	const size = 6000
	var libpal bytes.Buffer
	header := elf.Header64{Type: uint16(elf.ET_DYN), Machine: uint16(elf.EM_X86_64), Version: 1, Entry: 0x100, Phoff: 64, Ehsize: 64, Phentsize: 56, Phnum: 1}
	copy(header.Ident[:], "\x7fELF\x02\x01\x01")
	segment := elf.Prog64{Type: uint32(elf.PT_LOAD), Flags: uint32(elf.PF_R | elf.PF_X), Filesz: size, Memsz: size, Align: 4096}
	for _, v := range []any{header, segment} {
		if err := encoding.Write(&libpal, encoding.LittleEndian, v); err != nil {
			t.Fatal(err)
		}
	}
	libpal.Write(make([]byte, size-libpal.Len()))
	page, err := os.ReadFile(filepath.Join(repository, "docs/operate/enclave.md"))
	if err != nil {
		t.Fatal(err)
	}
	config := regexp.MustCompile("(?s)```json\n(\\{.*?\\}\n)```").FindSubmatch(page)
	if config == nil {
		t.Fatal("docs/operate/enclave.md shows no podd.json")
	}
	in := sgxInputs{
		libpal: filepath.Join(folder, "libpal.so"), libos: filepath.Join(folder, "libsysdb.so"), config: filepath.Join(folder, "a podd.json"),
		size: "16G", threads: 64, svn: 2, edmm: true,
	}
	for file, data := range map[string][]byte{in.libpal: libpal.Bytes(), in.libos: []byte("libos"), in.config: config[1]} {
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

// readDescription reads release.json, in which nothing unknown is.
func readDescription(t *testing.T, dist string) description {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dist, releaseFile))
	if err != nil {
		t.Fatal(err)
	}
	var d description
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		t.Fatal(err)
	}
	return d
}

// checkEnclave does again what a release says of its enclave, from the files in dist and in the image, and changes them.
func checkEnclave(t *testing.T, r *release) {
	d := readDescription(t, r.dist).SGX
	if d == nil || d.NotMeasured != "" || d.Manifest != manifestFile || d.Config != measuredConfig || d.Document != measurementFile || d.Template != templateFile {
		t.Fatalf("%s: %+v", releaseFile, d)
	}
	document, err := os.ReadFile(filepath.Join(r.dist, measurementFile))
	var compact [2]bytes.Buffer
	for i, text := range [][]byte{document, d.Measurement} {
		if err == nil {
			err = json.Compact(&compact[i], text)
		}
	}
	if err != nil || !bytes.Equal(compact[0].Bytes(), compact[1].Bytes()) {
		t.Errorf("%s is not what %s has, %v:\n%s\n%s", measurementFile, releaseFile, err, document, d.Measurement)
	}
	var says struct {
		Release      string
		ISVSVN       int `json:"isvSvn"`
		Attributes   struct{ EnclaveSize uint64 }
		TrustedFiles []struct{ URI, SHA256 string }
	}
	if err := json.Unmarshal(document, &says); err != nil {
		t.Fatal(err)
	}
	if says.Release != testVersion || says.ISVSVN != 2 || says.Attributes.EnclaveSize != 16<<30 || len(says.TrustedFiles) != 2 ||
		says.TrustedFiles[0].URI != "file:"+sgxPodd || says.TrustedFiles[0].SHA256 != d.SHA256 || says.TrustedFiles[1].URI != "file:"+sgxConfig {
		t.Errorf("%s: %s", measurementFile, document)
	}
	// docs/operate/release.md has these commands.
	check := func(libpal, config string) (string, error) {
		t.Helper()
		manifest := filepath.Join(t.TempDir(), "again")
		phallama := func(args ...string) (string, error) {
			cmd := exec.CommandContext(t.Context(), "./phallama", append([]string{"enclave"}, args...)...)
			cmd.Dir, cmd.Env = r.dist, environment()
			out, err := cmd.CombinedOutput()
			return string(out), err
		}
		if out, err := phallama("manifest", "--binary", sgxBinary, "--config", config, "--libos", r.sgx.libos, "--size", "16G", "--svn", "2", "--out", manifest); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return phallama("measure", "--manifest", manifest, "--libpal", libpal, "--expect", measurementFile)
	}
	if out, err := check(r.sgx.libpal, measuredConfig); err != nil {
		t.Errorf("measured again: %v\n%s", err, out)
	}
	changed := func(file, from, to string) string {
		t.Helper()
		data, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(data, []byte(from)) {
			t.Fatalf("%s: %v", file, err)
		}
		path := filepath.Join(t.TempDir(), filepath.Base(file))
		if err := os.WriteFile(path, bytes.Replace(data, []byte(from), []byte(to), 1), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if out, err := check(changed(r.sgx.libpal, "\x00\x00\x00", "\x00\x01\x00"), measuredConfig); err == nil || !strings.Contains(out, "mrenclave: expected") {
		t.Errorf("another libpal.so: %v\n%s", err, out)
	}
	if out, err := check(r.sgx.libpal, changed(r.sgx.config, "2035", "2036")); err == nil || !strings.Contains(out, "mrenclave: expected") || !strings.Contains(out, sgxConfig) {
		t.Errorf("another network: %v\n%s", err, out)
	}
	// Files that are of no use are refused before anything is compiled.
	for _, bad := range []struct {
		change func(*sgxInputs)
		want   string
	}{
		{func(in *sgxInputs) { in.size = "17G" }, "sgx.enclave_size: expected a power of two"},
		{func(in *sgxInputs) { in.libpal = in.libos }, "phallama enclave measure: "},
		{func(in *sgxInputs) { in.libos = "/nowhere/libsysdb.so" }, "/nowhere/libsysdb.so: no such file"},
		{func(in *sgxInputs) { in.config = changed(in.config, `"state":`, `"listen": "0.0.0.0:1", "state":`) }, `listen: expected ""`},
	} {
		other := *r
		bad.change(&other.sgx)
		if err := other.tryMeasure(t.Context()); err == nil || !strings.Contains(err.Error(), bad.want) {
			t.Errorf("want %q, got %v", bad.want, err)
		}
	}
	if err := r.tryMeasure(t.Context()); err != nil {
		t.Error(err)
	}
}

// Without Gramine's files a release has what is needed to measure, and says that it did not.
func TestNotMeasured(t *testing.T) {
	root := mustAbs(t, repository)
	dist := t.TempDir()
	if err := os.WriteFile(filepath.Join(dist, sgxBinary), []byte("podd"), 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r := &release{root: root, dist: dist, out: &out, start: time.Now()}
	d, err := r.enclave(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"image":"podd-sgx","binary":"podd-allinone","path":"/phallama/podd","sha256":"f105a401bfce467683566db64ec3562bcf3a7721514bdfa4e2b81847f93b6252","template":"podd.manifest.template","notMeasured":"` + notGiven + `"}`
	if string(text) != want || !strings.Contains(out.String(), "no MRENCLAVE is given") {
		t.Errorf("got  %s\nwant %s\nsaid %s", text, want, &out)
	}
	source, err := os.ReadFile(filepath.Join(root, manifestSource))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dist, templateFile)); err != nil || !bytes.Equal(got, source) {
		t.Errorf("the template in dist is not the repository's: %v", err)
	}
	if entries, err := os.ReadDir(dist); err != nil || len(entries) != 2 {
		t.Errorf("files: %v, %v", entries, err)
	}
}

func TestSGXFlags(t *testing.T) {
	parse := func(args ...string) (sgxInputs, error) {
		t.Helper()
		var in sgxInputs
		set := flag.NewFlagSet("", flag.ContinueOnError)
		set.SetOutput(io.Discard)
		in.flags(set)
		if err := set.Parse(args); err != nil {
			t.Fatal(err)
		}
		return in, in.complete("/root-of-it")
	}
	if in, err := parse(); err != nil || in.given() {
		t.Errorf("none: %+v, %v", in, err)
	}
	want := sgxInputs{libpal: "/root-of-it/x/libpal.so", libos: "/g/libsysdb.so", config: "/root-of-it/podd.json", size: "16G", threads: 64, svn: 1, edmm: true}
	if in, err := parse("-libpal", "x/libpal.so", "-libos", "/g/libsysdb.so", "-podd-config", "podd.json", "-enclave-size", "16G"); err != nil || in != want || !in.given() {
		t.Errorf("all: %+v, %v", in, err)
	}
	if _, err := parse("-libos", "x", "-enclave-size", "16G"); err == nil || !strings.Contains(err.Error(), "-libpal, -podd-config is missing: give all of") {
		t.Errorf("half: %v", err)
	}
}

// What Gramine mounts is in the image, or the operator's, or part of the layer that is added; and both start podd alike.
func TestImageFitsManifest(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, manifestSource))
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(images, func(i image) bool { return i.name == "podd-sgx" })
	i := images[at]
	has := []string{
		sgxConfig,                 // measured, and the network's
		"/phallama/operator.json", // the operator's
		"/phallama/lib",           // of a podd that is not static
	}
	for _, b := range i.binaries {
		has = append(has, b.path)
	}
	for _, f := range i.folders {
		has = append(has, f.path)
	}
	mounts := regexp.MustCompile(`\{ path = "([^"]+)", uri = "file:([^"]+)" \}`).FindAllSubmatch(text, -1)
	for _, m := range mounts {
		if from := string(m[2]); !slices.Contains(has, from) {
			t.Errorf("Gramine mounts %s, and the image has %v", from, has)
		}
	}
	if len(mounts) != len(has) {
		t.Errorf("Gramine mounts %q, and the image has %q", mounts, has)
	}
	entry := regexp.MustCompile(`(?m)^libos\.entrypoint = "(.+)"$`).FindSubmatch(text)
	argv := regexp.MustCompile(`(?m)^loader\.argv = (\[.+\])$`).FindSubmatch(text)
	if entry == nil || argv == nil {
		t.Fatal("the template has no entry point or no words")
	}
	var words []string
	if err := json.Unmarshal(argv[1], &words); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(i.entrypoint, []string{string(entry[1])}) || !slices.Equal(i.cmd, words[1:]) {
		t.Errorf("the image starts %q %q, Gramine %q with %q", i.entrypoint, i.cmd, entry[1], words)
	}
}

// A file that is not there, or that would be deleted with the release before, is told before anything is.
func TestSGXFiles(t *testing.T) {
	dist := t.TempDir()
	in := giveSGX(t, t.TempDir())
	if err := in.check(dist); err != nil {
		t.Error(err)
	}
	inside := in
	inside.config = giveSGX(t, dist).config
	gone, folder := in, in
	gone.libos += ".gone"
	folder.libpal = t.TempDir()
	for want, in := range map[string]sgxInputs{"is in the folder that is emptied": inside, "no such file": gone, "want a file": folder} {
		if err := in.check(dist); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	if err := (&sgxInputs{}).check(dist); err != nil {
		t.Errorf("nothing given: %v", err)
	}
}
