package main

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

// The list of as many pods as there can be fits a terminal, under the longest names that there are.
func TestUpFitsTheScreen(t *testing.T) {
	file, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	a := &app{out: newScreen(file)}
	var pods []podUp
	for range devnet.MaxPods {
		pods = append(pods, podUp{ID: protocol.Address{1}, Operator: protocol.Address{2}, Machine: "platform-16-1", Name: "podd-16-1", URL: "http://127.0.0.1:65535", Page: "http://127.0.0.1:65535/ui/"})
	}
	a.printUp(pods)
	text, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) != 1+devnet.MaxPods+2+maxPages+1 {
		t.Errorf("%d lines:\n%s", len(lines), text)
	}
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > screenWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
}
