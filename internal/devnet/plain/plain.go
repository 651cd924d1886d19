// Package plain has an Ollama as it is released stand in the place of a pod's engine, outside SGX, for networks whose
// attestation is simulated.
//
// It is not what a pod runs: whoever is on the machine can ask it beside the pod, all accounts share its prompt cache, an
// answer that nobody waits for is computed to its end, and a model that is stuck is not noticed.
package plain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Least is the oldest version of Ollama that answers all routes that pods serve.
const Least = "0.17.1"

// ErrOld says that an Ollama is older than [Least].
var ErrOld = errors.New("this Ollama is too old")

const (
	askWait   = 10 * time.Second
	maxAnswer = 4 << 20 // of what it says of itself
)

var versionText = regexp.MustCompile(`version is (\d+\.\d+\.\d+\S*)`)

// Version asks a program which Ollama it is. One that runs already is not asked.
func Version(ctx context.Context, program string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, askWait)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "--version")
	cmd.Env = []string{"HOME=/", "PATH=/usr/bin:/bin", "OLLAMA_HOST=127.0.0.1:1"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s --version: %w", program, err)
	}
	found := versionText.FindAllSubmatch(out, -1)
	if len(found) == 0 {
		return "", fmt.Errorf("%s --version: want a version of Ollama, got %.100q", program, out)
	}
	version := string(found[len(found)-1][1])
	return version, checkVersion(version)
}

func checkVersion(version string) error {
	got, err := numbers(version)
	if err != nil {
		return err
	}
	least, _ := numbers(Least)
	if slices.Compare(got, least) < 0 {
		return fmt.Errorf("%w: want at least %s, got %.50s", ErrOld, Least, version)
	}
	return nil
}

// numbers are those of a version; what follows them, as of a release candidate, is not told apart.
func numbers(version string) ([]int, error) {
	plain, _, _ := strings.Cut(version, "-")
	parts := strings.Split(plain, ".")
	all := make([]int, len(parts))
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 31)
		if err != nil || len(parts) != 3 {
			return nil, fmt.Errorf("want a version such as %s, got %.50q", Least, version)
		}
		all[i] = int(n)
	}
	return all, nil
}

// ParseURL is the URL of an Ollama that runs on this machine.
func ParseURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("want the URL of an Ollama on this machine, such as http://127.0.0.1:11434, got %.100q", text)
	}
	if addr, err := netip.ParseAddr(u.Hostname()); u.Hostname() != "localhost" && (err != nil || !addr.IsLoopback()) {
		return nil, fmt.Errorf("want the URL of an Ollama on this machine, as prompts go there unsealed, got %.100q", text)
	}
	if u.Port() == "" {
		u.Host = net.JoinHostPort(u.Hostname(), "11434")
	}
	u.Path = ""
	return u, nil
}

// transport goes by no proxy: what it carries are prompts.
var transport = &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 4}

// Check asks an Ollama that runs whether it can be a pod's engine: whether it is new enough, and has the model as the store
// has it. The manifests are compared: the store's blobs are hashed when the pod starts.
func Check(ctx context.Context, base *url.URL, store fs.FS, model string) (version string, err error) {
	want, err := protocol.ModelManifestFS(store, model)
	if err != nil {
		return "", err
	}
	var said struct{ Version string }
	if err := ask(ctx, base, "/api/version", &said); err != nil {
		return "", err
	}
	if err := checkVersion(said.Version); err != nil {
		return "", fmt.Errorf("%s: %w", base, err)
	}
	var tags struct {
		Models []struct{ Name, Digest string }
	}
	if err := ask(ctx, base, "/api/tags", &tags); err != nil {
		return "", err
	}
	for _, m := range tags.Models {
		switch {
		case !sameModel(m.Name, model):
		case m.Digest == want.String()[2:]:
			return said.Version, nil
		default:
			return "", fmt.Errorf("%s has another model %s than the store: want a manifest with the SHA-256 %x, got %.64s: name the store that it uses (--models)", base, model, want, m.Digest)
		}
	}
	return "", fmt.Errorf("%s has no model %s: name the store that it uses (--models), or `ollama pull` the model", base, model)
}

// sameModel compares names as Ollama prints them and as people say them.
func sameModel(a, b string) bool {
	short := func(name string) string {
		name = strings.TrimSuffix(strings.ToLower(name), ":latest")
		return strings.TrimPrefix(strings.TrimPrefix(name, "registry.ollama.ai/"), "library/")
	}
	return short(a) == short(b)
}

// Await returns once an Ollama answers.
func Await(ctx context.Context, base *url.URL) error {
	for {
		var said struct{ Version string }
		err := ask(ctx, base, "/api/version", &said)
		if err == nil {
			return nil
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}

func ask(ctx context.Context, base *url.URL, path string, into any) error {
	ctx, cancel := context.WithTimeout(ctx, askWait)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base.JoinPath(path).String(), nil)
	if err != nil {
		return err
	}
	res, err := transport.RoundTrip(req)
	if err != nil {
		return fmt.Errorf("no Ollama answers at %s: %w", base, err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d", res.StatusCode)
	}
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		return fmt.Errorf("%s%s: want Ollama's answer, got: %w", base, path, err)
	}
	return nil
}

// script runs a program for as long as standard input is open: Ollama does not look at it.
const script = `exec 3<&0
"$@" </dev/null &
program=$!
{ cat <&3 >/dev/null; kill $program; } 2>/dev/null &
wait $program`

// Command has a program serve the models of a store at an address, alone and for as long as its standard input is open. Its
// own files are in the directory home.
func Command(program, home, store, address string, contextLength int) (name string, args []string) {
	return "/usr/bin/env", []string{
		"HOME=" + home, "OLLAMA_HOST=" + address, "OLLAMA_MODELS=" + store,
		"OLLAMA_CONTEXT_LENGTH=" + strconv.Itoa(contextLength), "OLLAMA_NUM_PARALLEL=1", "OLLAMA_KEEP_ALIVE=-1",
		"OLLAMA_NOPRUNE=1", // the store may be the user's
		"OLLAMA_DEBUG=0",   // or it logs prompts
		"OLLAMA_NO_CLOUD=1",
		"/bin/sh", "-c", script, "sh", program, "serve",
	}
}
