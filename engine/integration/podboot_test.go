package integration_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/protocol"
)

// memoryDir is a folder on a tmpfs.
func memoryDir(t *testing.T) string {
	t.Helper()
	const tmpfs = 0x01021994
	var fs syscall.Statfs_t
	if err := syscall.Statfs("/dev/shm", &fs); err != nil || fs.Type != tmpfs {
		t.Skipf("/dev/shm is no tmpfs here (%v)", err)
	}
	dir, err := os.MkdirTemp("/dev/shm", "engine-test-")
	if err != nil {
		t.Skipf("nothing can be written to /dev/shm: %v", err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func sizes(t *testing.T, store string) (total int64) {
	t.Helper()
	blobs, err := os.ReadDir(filepath.Join(store, "blobs"))
	if err != nil || len(blobs) == 0 {
		t.Fatalf("%s: %d files, %v", store, len(blobs), err)
	}
	for _, b := range blobs {
		info, err := b.Info()
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	return total
}

// A pod in one process loads its models from a copy in memory, cuts the weights off it, and answers all the same.
func TestOneProcessBoots(t *testing.T) {
	dir := filepath.Join(memoryDir(t), "models")
	p := startPodWith(t, *podPath, func(c *enclave.Config) { c.ModelsCopy = dir }, nil)
	whole, cut := sizes(t, *modelsPath), sizes(t, dir)
	if cut == 0 || cut > whole/2 {
		t.Errorf("the copy has %d bytes of %d, want the metadata alone", cut, whole)
	}
	for range 2 {
		if status, text := p.whole(t, http.MethodPost, "/api/chat", prompt("Repeat after me: falcon-4711", false)); status != http.StatusOK || !strings.Contains(text, "falcon-4711") {
			t.Errorf("%d %s", status, text)
		}
	}
	log := p.log(t)
	for _, want := range []string{`msg="model hashed"`, "copied=true", "msg=memory", `msg="weights freed from the copy"`, "msg=ready"} {
		if !strings.Contains(log, strings.ReplaceAll(want, "msg=memory", "msg=memory")) {
			t.Errorf("want %s in the log: %s", want, log)
		}
	}
}

// What does not fit is told before anything is copied or loaded.
func TestOneProcessRefusesToBoot(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*enclave.Config)
		want   string
	}{
		{"memory", func(c *enclave.Config) { c.Memory = 1 << 20 }, "the models do not fit into memory: they need"},
		{"copy", func(c *enclave.Config) { c.ModelsCopy = filepath.Dir(c.State) }, "is not empty and holds no copy that podd made"},
		{"together", func(c *enclave.Config) {
			c.Slots, c.Offers = 2, append(c.Offers, c.Offers[0])
			c.Offers[1].Model = "other"
		}, "got 2 models and 2 slots: several models in one process compute one request at a time: set slots to 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, _ := configurePod(t, c.change)
			status, text := runPod(t, path)
			if status != 1 || !strings.Contains(text, c.want) {
				t.Errorf("status %d and %q, want 1 and %q", status, text, c.want)
			}
		})
	}
}

// Two accounts are answered at once by one model, each what it asked.
func TestOneProcessTwoSlots(t *testing.T) {
	p := startPodWith(t, *podPath, func(c *enclave.Config) { c.Slots = 2 }, nil)
	var all sync.WaitGroup
	together := make(chan struct{})
	for i, who := range []*pod{p, p.another(t)} {
		all.Go(func() {
			if i > 0 {
				defer close(together)
			}
			body := prompt("Talk forever", true)
			body["options"] = map[string]any{"num_predict": 900}
			resp, err := who.ask(t, t.Context(), http.MethodPost, "/api/chat", body)
			if err != nil {
				t.Error(err)
				return
			}
			defer resp.Body.Close()
			if _, err := resp.Body.Read(make([]byte, 1)); err != nil {
				t.Error(err)
			}
			if i == 0 { // its answer is under way while the other's begins
				<-together
			}
		})
	}
	all.Wait()
	for i, who := range []*pod{p, p.another(t), p.another(t)} {
		all.Go(func() {
			for k := range 10 {
				word := fmt.Sprintf("falcon-%d%d", i, k)
				if status, text := who.whole(t, http.MethodPost, "/api/chat", prompt("Repeat after me: "+word, false)); status != http.StatusOK || !strings.Contains(text, word) {
					t.Errorf("asked for %s: %d %s", word, status, text)
				}
			}
		})
	}
	all.Wait()
}

// addModel writes a model to a store that has the weights of another, in which one text was put for another of its length.
func addModel(t *testing.T, store, from, name, old, new string) {
	t.Helper()
	library := filepath.Join(store, "manifests", "registry.ollama.ai", "library")
	manifest, err := os.ReadFile(filepath.Join(library, from, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := os.ReadDir(filepath.Join(store, "blobs"))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range blobs {
		raw, err := os.ReadFile(filepath.Join(store, "blobs", b.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(raw, []byte("GGUF")) {
			continue
		}
		raw = bytes.Replace(raw, []byte(old), []byte(new), 1)
		digest := fmt.Sprintf("%x", sha256.Sum256(raw))
		if err := os.WriteFile(filepath.Join(store, "blobs", "sha256-"+digest), raw, 0o600); err != nil {
			t.Fatal(err)
		}
		manifest = bytes.ReplaceAll(manifest, []byte(strings.TrimPrefix(b.Name(), "sha256-")), []byte(digest))
	}
	if err := os.MkdirAll(filepath.Join(library, name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(library, name, "latest"), manifest, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Several models in one process, two of them with the same weights, are answered one at a time, and none is taken for lost.
func TestOneProcessSeveralModels(t *testing.T) {
	store := filepath.Join(t.TempDir(), "models")
	if err := os.CopyFS(store, os.DirFS(*modelsPath)); err != nil {
		t.Fatal(err)
	}
	addModel(t, store, "wisp", "twin", "", "")
	addModel(t, store, "wisp", "wosp", "\x00wisp", "\x00wosp")
	names := []string{"wisp", "twin", "wosp"}
	p := startPodWith(t, *podPath, func(c *enclave.Config) {
		c.Models, c.ModelsCopy = store, filepath.Join(filepath.Dir(c.State), "models")
		one := c.Offers[0]
		c.Offers = nil
		for _, name := range names {
			one.Model = name
			c.Offers = append(c.Offers, one)
		}
	}, nil)
	var all sync.WaitGroup
	for i, name := range names {
		who := p.another(t)
		who.offer = i
		all.Go(func() {
			for k := range 5 {
				word := fmt.Sprintf("falcon-%d%d", i, k)
				body := prompt("Repeat after me: "+word, false)
				body["model"] = name
				if status, text := who.whole(t, http.MethodPost, "/api/chat", body); status != http.StatusOK || !strings.Contains(text, word) {
					t.Errorf("%s, asked for %s: %d %s", name, word, status, text)
				}
			}
		})
	}
	all.Wait()
	time.Sleep(7 * time.Second) // podd looks every 5
	if log := p.log(t); strings.Contains(log, "lost") || strings.Count(log, "msg=ready") != 1 {
		t.Errorf("its log: %s", log)
	}
	var status protocol.Status
	if p.control(t, http.MethodGet, protocol.PathStatus, nil, &status); !status.Ready {
		t.Errorf("not ready: %s", status.Reason)
	}
}

// In one process too, nobody's prompt makes another account's answer faster, and an account's own does. Durations do not
// leave a pod, so that it is a user's clock that tells; times are compared as medians within one run, three times at most.
func TestOneProcessCacheTiming(t *testing.T) {
	for _, slots := range []int{1, 2} {
		t.Run(fmt.Sprintf("slots %d", slots), func(t *testing.T) {
			alice := startPodWith(t, *podPath, func(c *enclave.Config) { c.Slots = slots }, nil)
			bob := alice.another(t)
			wait := func(who *pod, text string) int64 {
				t.Helper()
				body := prompt(text, false)
				body["options"] = map[string]any{"num_predict": 1}
				start := time.Now()
				status, answer := who.whole(t, http.MethodPost, "/api/chat", body)
				took := int64(time.Since(start))
				var last line
				if err := json.Unmarshal([]byte(answer), &last); err != nil || status != http.StatusOK || strings.Contains(answer, "_duration") {
					t.Fatalf("%d %s", status, answer)
				}
				if n := last.PromptEvalCount; len(text) > 100 && n < 800 {
					t.Fatalf("the prompt has %d tokens, want about 1,000", n)
				}
				return took
			}
			wait(alice, "Hello")
			var failures []string
			for range 3 {
				var cold, foreign, own []int64
				for range 5 {
					text := essay()
					cold = append(cold, wait(alice, text))
					foreign = append(foreign, wait(bob, text))
					own = append(own, wait(bob, text))
				}
				c, f, o := median(cold), median(foreign), median(own)
				say := fmt.Sprintf("cold %.1f ms, another's prompt %.1f ms (%.2f times faster), the own prompt %.1f ms (%.0f times faster)", c/1e6, f/1e6, c/f, o/1e6, c/o)
				t.Log(say)
				if c/f <= 1.5 && c/o >= 10 {
					return
				}
				failures = append(failures, say)
			}
			t.Errorf("want another's prompt at most 1.5 times faster than a cold one, and the own one at least 10 times:\n%s", strings.Join(failures, "\n"))
		})
	}
}
