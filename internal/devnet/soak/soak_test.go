package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
)

func small(t *testing.T) config {
	t.Helper()
	bin, err := filepath.Abs("../../../bin")
	if err != nil {
		t.Fatal(err)
	}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(t.Output(), nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return config{
		users: 5, queries: 5, pods: 2, operators: 2, kills: 1, cuts: 1, workers: 4, settleEvery: 5 * time.Second, seed: 4711, faults: true,
		dir: t.TempDir(), bin: bin,
	}
}

// A small soak: all books agree, and a receipt that is taken away from a user is missed.
func TestBooksAgree(t *testing.T) {
	s, err := begin(t.Context(), small(t), t.Output())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.end(); err != nil {
			t.Error(err)
		}
	}()
	if err := s.work(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := s.check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.print(t.Output())
	for _, wrong := range r.wrong {
		t.Error(wrong)
	}
	if r.asked != 25 || r.answered+r.broken != 25 || r.kills != 1 || r.cuts != 1 || r.receipts == 0 || r.billed.IsZero() || r.batches == 0 {
		t.Errorf("report: %+v", r)
	}

	line, equal := summary(s.config, []report{r})
	if !equal || !regexp.MustCompile(`^soak seed=4711 users=5 queries=25 receipts=[1-9]\d* gas_per_query=[1-9]\d* sums_equal=true$`).MatchString(line) {
		t.Errorf("summary: %q", line)
	}

	file := filepath.Join(s.users[0].dir, "client", "receipts.jsonl")
	lines, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	first := bytes.IndexByte(lines, '\n') + 1
	if err := os.WriteFile(file, lines[first:], 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err = s.check(t.Context()); err != nil {
		t.Fatal(err)
	}
	if line, equal := summary(s.config, []report{{}, r}); equal || !strings.HasSuffix(line, " sums_equal=false") {
		t.Errorf("summary: %q", line)
	}
	said := strings.Join(r.wrong, "\n")
	wants := []string{"user 0, session", "receipts sum up to", "its settlements moved"}
	var removed client.ReceiptEntry
	if err := json.Unmarshal(lines[:first], &removed); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(lines[first:], []byte(removed.Receipt.SessionID.String())) { // else it was the session's only one
		wants = append(wants, "and number 1 is missing")
	}
	for _, want := range wants {
		if !strings.Contains(said, want) {
			t.Errorf("with a receipt missing it does not say %q:\n%s", want, said)
		}
	}
}

func TestCommandRefuses(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	for _, args := range []string{"-users 0", "-kills -1", "-pods 99", "-operators 4"} {
		if err := command(t.Context(), append(strings.Fields(args), "-dir", t.TempDir(), "-bin", t.TempDir()), t.Output()); err == nil || !strings.Contains(err.Error(), "want") {
			t.Errorf("%s: %v", args, err)
		}
	}
}

func TestFit(t *testing.T) {
	var f fit
	if _, _, ok := f.line(); ok {
		t.Error("a line through nothing")
	}
	for _, rows := range []float64{1, 10, 100} {
		f.add(rows, 13_000*rows+45_000)
	}
	if row, batch, ok := f.line(); !ok || int(row+.5) != 13_000 || int(batch+.5) != 45_000 {
		t.Errorf("%f a row, %f a batch, %t", row, batch, ok)
	}
}
