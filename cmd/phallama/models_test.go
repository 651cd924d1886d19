package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

// A model is a line for each digest, at the prices of its cheapest pod; refused pods and old offers do not count.
func TestModelLines(t *testing.T) {
	offer := func(model string, digest byte, out uint64, context uint32, until uint64) protocol.SignedOffer {
		return protocol.SignedOffer{Offer: protocol.Offer{
			Model: model, ModelDigest: protocol.Hash{digest}, InPerM: protocol.Units(2), OutPerM: protocol.Units(out), PerRequest: protocol.Units(1), Context: context, ValidUntil: until,
		}}
	}
	pod := func(tier attest.Tier, offers ...protocol.SignedOffer) client.PodStatus {
		return client.PodStatus{Record: protocol.PodRecord{Offers: offers}, Claims: &attest.Claims{Tier: tier}}
	}
	refused := pod(attest.TierGenuine, offer("wisp", 1, 1, 99, 200))
	refused.Claims, refused.Refused = nil, "no"
	got := modelLines([]client.PodStatus{
		pod(attest.TierEndorsed, offer("wisp:latest", 1, 9, 2048, 200), offer("zeta", 3, 5, 10, 200)),
		pod(attest.TierGenuine, offer("wisp", 1, 7, 1024, 200)),
		pod(attest.TierGenuine, offer("wisp", 2, 4, 1024, 200), offer("old", 4, 4, 10, 100)),
		refused,
	}, 100)
	want := []modelLine{
		{"wisp:latest", protocol.Hash{1}, 2, attest.TierGenuine, 2048, protocol.Units(2), protocol.Units(7), protocol.Units(1)},
		{"wisp:latest", protocol.Hash{2}, 1, attest.TierGenuine, 1024, protocol.Units(2), protocol.Units(4), protocol.Units(1)},
		{"zeta:latest", protocol.Hash{3}, 1, attest.TierEndorsed, 10, protocol.Units(2), protocol.Units(5), protocol.Units(1)},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
	if none := modelLines(nil, 0); none == nil || len(none) != 0 {
		t.Error("no models are null for machines")
	}
}

// What a person sees of a network's models and pods fits a terminal, and machines get the same.
func TestModelsAndPods(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	n := startDevnet(ctx, t, func(c *devnet.Config) { c.Dir, c.Pods, c.Times = data, 2, []uint64{3, 2} })
	gateway := strings.TrimPrefix(n.Gateway, "http://")
	for _, tt := range []struct {
		args []string
		want []string
	}{
		{[]string{"models"}, []string{"SIMULATED", `MODEL +DIGEST +PODS +TIER +CONTEXT +IN/1M +OUT/1M +REQUEST`, `wisp:latest +[0-9a-f]{12} +2 +T0-simulated +4096 +0\.4 +1\.6 +0\.000002`}},
		{[]string{"ls"}, []string{`wisp:latest`}},
		{[]string{"ps", "--gateway", gateway}, []string{`MODEL +DIGEST +CONTEXT`, `wisp:latest +[0-9a-f]{12} +4096`}},
		{[]string{"show", "wisp", "--gateway", gateway}, []string{`model +llama 849K Q8_0 context 2048`, `can +completion, tools`}},
		{[]string{"ask", "--gateway", gateway, "Repeat after me: falcon-4711"}, []string{`^falcon-4711`}},
		{[]string{"policy", "show"}, []string{`policy of the network's profile`, `governance on chain`}},
		{[]string{"pods"}, []string{"SIMULATED", n.Pods[0].ID.String(), n.Pods[1].ID.String()}},
	} {
		var out, said bytes.Buffer
		cmd := exec.CommandContext(ctx, filepath.Join(builtDir, "phallama"), append(tt.args, "--data", data)...)
		cmd.Stdout, cmd.Stderr = &out, &said
		if err := cmd.Run(); err != nil {
			t.Errorf("%v: %v\n%s", tt.args, err, said.String())
		}
		for _, want := range tt.want {
			if !regexp.MustCompile(want).MatchString(out.String()) {
				t.Errorf("%v: want %s in\n%s", tt.args, want, out.String())
			}
		}
		status, raw := phallama(t, data, tt.args...)
		if status != 0 || !json.Valid(raw) {
			t.Errorf("%v --json: %d\n%s", tt.args, status, raw)
		}
	}

	offered, err := exec.CommandContext(ctx, filepath.Join(builtDir, "phallama"), "__complete", "show", "--gateway", gateway, "").Output()
	if err != nil || !strings.HasPrefix(string(offered), "wisp:latest\n") {
		t.Errorf("a shell offers %q, %v", offered, err)
	}

	watch := exec.CommandContext(ctx, filepath.Join(builtDir, "phallama"), "pods", "--watch", "--json", "--data", data)
	out, err := watch.StdoutPipe()
	if err == nil {
		err = watch.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	objects := json.NewDecoder(out)
	for range 2 {
		var seen struct {
			Pods []struct{ Claims json.RawMessage }
		}
		if err := objects.Decode(&seen); err != nil || len(seen.Pods) != 2 || seen.Pods[0].Claims == nil {
			t.Errorf("%v, %d pods", err, len(seen.Pods))
		}
	}
	if err := watch.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := watch.Wait(); err != nil {
		t.Errorf("after Ctrl-C: %v", err)
	}
	// Without a terminal there is nothing to draw on.
	err = exec.CommandContext(ctx, filepath.Join(builtDir, "phallama"), "pods", "--watch", "--data", data).Run()
	var failed *exec.ExitError
	if !errors.As(err, &failed) || failed.ExitCode() != exitUsage {
		t.Errorf("--watch into a pipe: %v", err)
	}
}
