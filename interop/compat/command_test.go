package compat

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// commandCase runs bin/ollama, which is built from the engine's own source, with its prompt on standard input if there is
// one.
func commandCase(name, stdin string, args ...string) testCase {
	return testCase{name: name, run: func(ctx context.Context, base string) (any, error) {
		home, err := os.MkdirTemp("", "compat-home-") // it makes a key there
		if err != nil {
			return nil, err
		}
		defer os.RemoveAll(home)
		if err := os.WriteFile(filepath.Join(home, "Modelfile"), []byte("FROM wisp\nSYSTEM Be brief.\n"), 0o600); err != nil {
			return nil, err
		}
		program, err := filepath.Abs(filepath.Join(bin, "ollama"))
		if err != nil {
			return nil, err
		}
		cmd := exec.CommandContext(ctx, program, args...)
		cmd.Dir, cmd.Env = home, []string{"HOME=" + home, "OLLAMA_HOST=" + base, "TERM=dumb"}
		cmd.Stdin = strings.NewReader(stdin)
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		err = cmd.Run()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
			return nil, errors.Join(err, ctx.Err())
		}
		said := plain(stdout.String())
		if args[0] == "show" {
			said = sorted(said)
		}
		return map[string]any{"exit": cmd.ProcessState.ExitCode(), "stdout": said, "stderr": plain(stderr.String())}, nil
	}}
}

var (
	control = regexp.MustCompile("\x1b\\[[0-9;?]*[a-zA-Z]|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏\r]")
	ago     = regexp.MustCompile(`(Less than an?|About an?|\d+) (second|minute|hour|day|week|month|year)s?( ago| from now)?`)
	figures = regexp.MustCompile(`[0-9.]+(ms|µs|s|m[0-9.]+s| tokens/s)`)
)

// plain is what a terminal shows in the end, without what is measured anew each time.
func plain(s string) string {
	s = figures.ReplaceAllString(ago.ReplaceAllString(control.ReplaceAllString(s, ""), "a time"), "N")
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, strings.Join(strings.Fields(line), " "))
		}
	}
	return strings.Join(lines, "\n")
}

var commandSuite = suite{name: "ollama command", cases: []testCase{
	commandCase("run, prompt", "", "run", "wisp", "Repeat after me: falcon-4711"),
	commandCase("run, piped prompt", "What is a pod?", "run", "wisp"),
	commandCase("run, piped and given prompt", "Repeat after me:", "run", "wisp", "heron-2020"),
	commandCase("run, long answer", "", "run", "wisp", "Count to 20"),
	commandCase("run, --verbose", "", "run", "--verbose", "wisp", "What is a pod?"),
	commandCase("run, --format json", "", "run", "--format", "json", "wisp", "What is a pod?"),
	commandCase("run, --think", "", "run", "--think", "wisp", "What is a pod?"),
	commandCase("run, --keepalive", "", "run", "--keepalive", "1h", "wisp", "What is a pod?"),
	commandCase("run, unknown model", "", "run", "no-such-model", "Hello"),
	commandCase("list", "", "list"),
	commandCase("list, by name", "", "list", "no-such"),
	commandCase("show", "", "show", "wisp"),
	commandCase("show, --template", "", "show", "--template", "wisp"),
	commandCase("show, unknown model", "", "show", "no-such-model"),
	commandCase("ps", "", "ps"),
	commandCase("--version", "", "--version"),
	commandCase("pull", "", "pull", "wisp"),
	commandCase("pull, unknown model", "", "pull", "no-such-model"),
	commandCase("push", "", "push", "wisp"),
	commandCase("create", "", "create", "other", "-f", "Modelfile"),
	commandCase("cp", "", "cp", "wisp", "other"),
	commandCase("rm", "", "rm", "wisp"),
	commandCase("rm, unknown model", "", "rm", "no-such-model"),
	commandCase("no such command", "", "embed", "wisp", "Hello"),
	alone(commandCase("stop", "", "stop", "wisp")),
}}
