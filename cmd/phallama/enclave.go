package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	template "github.com/phallama/phallama/deploy/gramine"
	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/gramine"
)

// gramineDir is where Gramine's packages for Debian and Ubuntu install it.
const gramineDir = "/usr/lib/x86_64-linux-gnu/gramine"

func (a *app) enclaveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "enclave",
		Short: "Render the manifest of podd's SGX enclave, and compute its measurement",
		Long: `A quote proves MRENCLAVE: which enclave it comes from. Anyone can compute what
it has to be, from the manifest of a release and Gramine's libpal.so. Neither
SGX nor Gramine is needed for that.`,
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(a.enclaveManifest(), a.enclaveMeasure())
	return cmd
}

// manifestFlags say what a manifest is made of.
type manifestFlags struct {
	binary, config, libos, libosPath string
	libs                             []string
	size                             string
	threads                          int
	edmm                             bool
	product, version                 uint16
	template, out                    string
}

func (a *app) enclaveManifest() *cobra.Command {
	var f manifestFlags
	cmd := &cobra.Command{
		Use: "manifest", Short: "Render the manifest with which Gramine starts podd", Args: cobra.NoArgs,
		Long: `Renders the manifest with which Gramine starts podd in an SGX enclave, and holds
it against the rules for one. It is written in the form that is measured:
gramine-sgx-sign gives it back unchanged.

The same files give the same manifest on every machine. docs/operate/enclave.md
says what each value is for, and how to sign and start the enclave.

Exit status: 0 rendered, 1 a file could not be read or is not what it has to be,
2 wrong usage, 5 the manifest breaks a rule.`,
		Example: `  phallama enclave manifest --binary podd-allinone --config podd.json \
    --libos libsysdb.so --size 16G --out podd.manifest`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.renderManifest(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.binary, "binary", "", "`file` of podd with its engine; in the image it is "+gramine.EntryPoint)
	flags.StringVar(&f.config, "config", "", "`file` of podd's measured configuration; in the image "+gramine.ConfigPath)
	flags.StringVar(&f.libos, "libos", path.Join(gramineDir, "libsysdb.so"), "`file` of Gramine's libsysdb.so")
	flags.StringVar(&f.libosPath, "libos-path", path.Join(gramineDir, "libsysdb.so"), "`path` of libsysdb.so where podd will run")
	flags.StringArrayVar(&f.libs, "libs", nil, "`folder` to find the binary's libraries in, if it is not static; may be repeated")
	flags.StringVar(&f.size, "size", "", "`size` of the enclave, a power of two such as 16G: twice the largest model, and room to answer")
	flags.IntVar(&f.threads, "threads", 64, "`number` of threads at once")
	flags.BoolVar(&f.edmm, "edmm", true, "let the enclave grow while it runs; needs a CPU with SGX2 and Linux 6.0")
	flags.Uint16Var(&f.product, "prod-id", 1, "ISVPRODID, a `number` that is signed and not measured")
	flags.Uint16Var(&f.version, "svn", 1, "ISVSVN, a `number` that is signed and not measured")
	flags.StringVar(&f.template, "template", "", "`file` of another template")
	flags.StringVar(&f.out, "out", "", "`file` to write to (default: standard output)")
	return cmd
}

func (a *app) renderManifest(ctx context.Context, f manifestFlags) error {
	for _, flag := range []struct{ name, value string }{{"--binary", f.binary}, {"--config", f.config}, {"--size", f.size}} {
		if flag.value == "" {
			return &exitError{exitUsage, fmt.Errorf("%s is missing (see phallama enclave manifest --help)", flag.name)}
		}
	}
	text := template.Template
	if f.template != "" {
		raw, err := gramine.ReadLimited(f.template, gramine.MaxManifest)
		if err != nil {
			return err
		}
		text = string(raw)
	}
	config, err := gramine.ReadLimited(f.config, 1<<20)
	if err != nil {
		return err
	}
	if err := enclave.CheckMeasured(config, "/dev/attestation", gramine.OperatorPath, gramine.ModelsPath, gramine.StatePath); err != nil {
		return fmt.Errorf("%s: %w", f.config, err)
	}
	values := gramine.Values{EnclaveSize: f.size, MaxThreads: f.threads, EDMM: f.edmm, ISVProdID: f.product, ISVSVN: f.version}
	if values.Libraries, err = gramine.Libraries(ctx, f.binary, f.libs, func(path string, done, total uint64) { a.hashing(path)(done, total) }); err != nil {
		return err
	}
	for file, into := range map[string]*gramine.Digest{f.binary: &values.Binary, f.config: &values.Config, f.libos: &values.LibOS.SHA256} {
		if *into, err = gramine.HashFile(ctx, file, a.hashing(file)); err != nil {
			return err
		}
	}
	values.LibOS.URI = "file:" + f.libosPath
	m, err := gramine.Render(text, values)
	if err != nil {
		return broken(err)
	}
	if f.out == "" {
		_, err := a.out.Write(m.Canonical())
		return err
	}
	if err := writeWhole(f.out, m.Canonical()); err != nil {
		return err
	}
	if a.json {
		return a.out.json(map[string]any{"manifest": f.out, "sha256": m.Hash(), "trustedFiles": m.TrustedFiles()})
	}
	fmt.Fprintf(a.out, "%s\n", f.out)
	a.out.step("sha256", "%s", m.Hash())
	a.out.step("trusted", "%s and libsysdb.so", count(len(m.TrustedFiles()), "file"))
	return nil
}

// broken gives a manifest that breaks the rules its status.
func broken(err error) error {
	var rules *gramine.RulesError
	if errors.As(err, &rules) {
		return &exitError{exitUnverified, err}
	}
	return err
}

// writeWhole writes a file so that there is the old or the new one, and nothing between.
func writeWhole(path string, content []byte) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(content)
	err = errors.Join(err, temporary.Chmod(0o644), temporary.Sync(), temporary.Close())
	if err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}

// hashing tells of a long sum once a second.
func (a *app) hashing(what string) func(done, total uint64) {
	said := time.Now()
	return func(done, total uint64) {
		if time.Since(said) < time.Second || total == 0 {
			return
		}
		said = time.Now()
		fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf("hashing %s: %d %%", what, done*100/max(total, done))))
	}
}

// measureFlags say what is measured.
type measureFlags struct {
	manifest, libpal, expect string
	asIs, release            bool
}

func (a *app) enclaveMeasure() *cobra.Command {
	var f measureFlags
	cmd := &cobra.Command{
		Use: "measure", Short: "Compute MRENCLAVE from a manifest and Gramine's libpal.so", Args: cobra.NoArgs,
		Long: `Computes MRENCLAVE of the enclave that Gramine ` + gramine.Version + ` makes of a manifest and its
own libpal.so, after it has held the manifest against the rules for podd.

A manifest is measured in the form that gramine-sgx-sign writes; comments, white
space and the order of names make no difference. --as-is takes the file byte for
byte instead, and holds no rules against it: for enclaves that are not podd's.

MRENCLAVE does not cover DEBUG, XFRM, MISCSELECT, ISVPRODID and ISVSVN: a policy
holds those (phallama policy show).

Exit status: 0 measured, and as expected, 1 a file could not be read or is not
what it has to be, 2 wrong usage, 5 the manifest breaks a rule, or the
measurement is not the expected one.`,
		Example: `  phallama enclave measure --manifest podd.manifest.sgx --libpal libpal.so
  phallama enclave measure --manifest podd.manifest.sgx --libpal libpal.so \
    --expect podd-sgx.json`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.measureEnclave(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.manifest, "manifest", "", "`file` of the manifest, with the sums of its trusted files")
	flags.StringVar(&f.libpal, "libpal", path.Join(gramineDir, "sgx/libpal.so"), "`file` of Gramine's sgx/libpal.so")
	flags.StringVar(&f.expect, "expect", "", "MRENCLAVE as 64 digits, or the `file` of a release's document, to compare with")
	flags.BoolVar(&f.asIs, "as-is", false, "measure the manifest byte for byte, and hold no rules against it")
	flags.BoolVar(&f.release, "release", false, "print the release's document, in JSON")
	return cmd
}

// measured is what `enclave measure` tells.
type measured struct {
	Gramine      string                `json:"gramine"`
	MRENCLAVE    gramine.Digest        `json:"mrenclave"`
	Attributes   gramine.Attributes    `json:"attributes"`
	ISVProdID    uint16                `json:"isvProdId"`
	ISVSVN       uint16                `json:"isvSvn"`
	Manifest     gramine.Digest        `json:"manifest"`
	Canonical    bool                  `json:"canonical"` // the file is the form that is measured, or was taken as it is
	Libpal       gramine.Digest        `json:"libpal"`
	LibOS        gramine.TrustedFile   `json:"libos"`
	TrustedFiles []gramine.TrustedFile `json:"trustedFiles"`
	Areas        []gramine.Area        `json:"areas"`
	NotMeasured  []string              `json:"notMeasured"`
}

func (a *app) measureEnclave(ctx context.Context, f measureFlags) error {
	if f.manifest == "" {
		return &exitError{exitUsage, errors.New("--manifest is missing (see phallama enclave measure --help)")}
	}
	if f.asIs && f.release {
		return &exitError{exitUsage, errors.New("leave --as-is or --release away: a release keeps the rules")}
	}
	compare, err := expectation(f.expect)
	if err != nil {
		return err
	}
	raw, err := gramine.ReadLimited(f.manifest, gramine.MaxManifest)
	if err != nil {
		return err
	}
	m, err := gramine.Parse(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", f.manifest, err)
	}
	text := raw
	if !f.asIs {
		if err := m.Check(); err != nil {
			return broken(fmt.Errorf("%s: %w", f.manifest, err))
		}
		text = m.Canonical()
	}
	pal, err := gramine.ReadLimited(f.libpal, gramine.MaxLibpal)
	if err != nil {
		return err
	}
	libpal, err := gramine.ParseLibpal(pal)
	if err != nil {
		return fmt.Errorf("%s: %w", f.libpal, err)
	}
	attributes, err := m.Attributes()
	if err != nil {
		return err
	}
	e, err := gramine.Measure(ctx, text, attributes, libpal, a.hashing("the enclave's pages"))
	if err != nil {
		return err
	}
	r := measured{
		Gramine: gramine.Version, MRENCLAVE: e.MRENCLAVE, Attributes: attributes, Manifest: gramine.Sum(text), Canonical: bytes.Equal(raw, text),
		Libpal: libpal.SHA256, LibOS: m.LibOS(), TrustedFiles: m.TrustedFiles(), Areas: e.Areas,
		NotMeasured: []string{"DEBUG", "XFRM", "MISCSELECT", "ISVPRODID", "ISVSVN"},
	}
	if r.ISVProdID, r.ISVSVN, err = m.Identity(); err != nil {
		return err
	}
	var release gramine.Release
	if !f.asIs {
		if release, err = gramine.NewRelease(version, m, libpal, e); err != nil {
			return err
		}
	}
	switch {
	case f.release:
		document, err := release.JSON()
		if err != nil {
			return err
		}
		if _, err := a.out.Write(document); err != nil {
			return err
		}
	case a.json:
		if err := a.out.json(r); err != nil {
			return err
		}
	default:
		a.printMeasured(r)
	}
	return compare(e.MRENCLAVE, release)
}

// expectation reads what is expected, and says later whether that was found.
func expectation(expect string) (func(gramine.Digest, gramine.Release) error, error) {
	if expect == "" {
		return func(gramine.Digest, gramine.Release) error { return nil }, nil
	}
	differs := func(lines ...string) error {
		return &exitError{exitUnverified, errors.New("it is not the expected enclave\n" + strings.Join(lines, "\n"))}
	}
	var want gramine.Digest
	if err := want.UnmarshalText([]byte(strings.TrimPrefix(expect, "0x"))); err == nil {
		return func(got gramine.Digest, _ gramine.Release) error {
			if got != want {
				return differs(fmt.Sprintf("  mrenclave: expected %s,\n             got      %s", want, got))
			}
			return nil
		}, nil
	}
	raw, err := gramine.ReadLimited(expect, gramine.MaxRelease)
	if err != nil {
		return nil, fmt.Errorf("--expect: want 64 hexadecimal digits or a release's document: %w", err)
	}
	document, err := gramine.ParseRelease(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", expect, err)
	}
	return func(got gramine.Digest, release gramine.Release) error {
		if release.Schema == 0 { // as it is: only the measurement can be compared
			release = document
			release.MRENCLAVE = got
		}
		var lines []string
		for _, d := range document.Compare(release) {
			lines = append(lines, fmt.Sprintf("  %s: expected %s,\n    got %s", d.Key, d.Want, d.Got))
		}
		if len(lines) > 0 {
			return differs(lines...)
		}
		return nil
	}, nil
}

func (a *app) printMeasured(r measured) {
	out := a.out
	fmt.Fprintf(out, "%s\n", out.bold("MRENCLAVE, for Gramine "+r.Gramine))
	fmt.Fprintf(out, "  %s\n\n", out.green(r.MRENCLAVE.String()))
	out.step("size", "%s", bytesText(r.Attributes.EnclaveSize))
	grows := "no: its heap is there from the beginning"
	if r.Attributes.EDMM {
		grows = "yes: its heap is added when it is used"
	}
	out.step("threads", "%d", r.Attributes.MaxThreads)
	out.step("EDMM", "%s", grows)
	out.step("manifest", "%s", r.Manifest)
	out.step("libpal", "%s", r.Libpal)
	fmt.Fprintf(out, "\n%s\n", out.bold("trusted files"))
	for _, file := range append([]gramine.TrustedFile{r.LibOS}, r.TrustedFiles...) {
		fmt.Fprintf(out, "  %s\n    %s\n", strings.TrimPrefix(file.URI, "file:"), file.SHA256)
	}
	fmt.Fprintln(out)
	var rows [][]string
	for _, area := range joined(r.Areas) {
		what := "content"
		if !area.Measured {
			what = "that it is there"
		}
		rows = append(rows, []string{area.Name, fmt.Sprintf("%#x", area.Address), bytesText(area.Size), area.Access, what})
	}
	out.table([]string{"PAGES", "FROM", "SIZE", "ACCESS", "MEASURED"}, rows)
	fmt.Fprintln(out)
	out.step("not in it", "DEBUG, XFRM, MISCSELECT, ISVPRODID (%d), ISVSVN (%d)", r.ISVProdID, r.ISVSVN)
	out.step("", "hold those with a policy: MRENCLAVE is the same whatever they are")
	if !r.Canonical {
		out.step("note", "%s", out.yellow("the file is not in the form that is measured: what counts is"))
		out.step("", "what gramine-sgx-sign makes of phallama enclave manifest's output")
	}
}

// joined joins areas of one name that lie side by side.
func joined(areas []gramine.Area) []gramine.Area {
	var all []gramine.Area
	for _, area := range areas {
		if n := len(all); n > 0 && all[n-1].Name == area.Name && all[n-1].Access == area.Access && area.Address+area.Size == all[n-1].Address {
			all[n-1].Address = area.Address
			all[n-1].Size += area.Size
			continue
		}
		all = append(all, area)
	}
	return all
}

func bytesText(n uint64) string {
	for _, unit := range []struct {
		name string
		size uint64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= unit.size && n%unit.size == 0 {
			return fmt.Sprintf("%d %s", n/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
