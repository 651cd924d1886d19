package devnet

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// traced is a directory of programs that run as those of bin do, under strace, and where their traces go. They are told
// in their environment to log more than they do.
func traced(t *testing.T, bin string, programs ...string) (dir, traces string) {
	t.Helper()
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	if os.Geteuid() != 0 {
		t.Skip("a pod lets nobody but root read its memory (PR_SET_DUMPABLE): without it strace shows no data")
	}
	if out, err := exec.Command(strace, "-f", "-qq", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("strace may not trace here: %v: %s", err, out)
	}
	dir, traces = t.TempDir(), t.TempDir()
	for _, name := range programs {
		script := fmt.Sprintf("#!/bin/sh\nexport OLLAMA_DEBUG=2 GIN_MODE=debug\nexec %q -f --seccomp-bpf -yy -qq -s 65536 -e trace=%%network,%%process,read,readv,write,writev,pwrite64,pwritev,pwritev2,sendfile,splice,tee,vmsplice -o %q.$$ %q \"$@\"\n",
			strace, filepath.Join(traces, name), filepath.Join(bin, name))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir, traces
}

// A trace is what one program and its children asked the kernel for, one call a line.
type trace struct {
	name  string
	lines [][]byte
}

func readTraces(t *testing.T, dir string) (all []trace) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(f.Name(), ".")
		all = append(all, trace{name, whole(raw)})
	}
	return all
}

// whole puts the halves of calls together that strace shows where threads were switched between.
func whole(raw []byte) (lines [][]byte) {
	begun := map[string][]byte{} // by thread
	for l := range bytes.Lines(raw) {
		l = bytes.TrimRight(l, "\n")
		thread, call, _ := bytes.Cut(l, []byte(" "))
		if half, ok := bytes.CutSuffix(l, []byte("<unfinished ...>")); ok {
			begun[string(thread)] = half
			continue
		}
		if m := resumed.FindSubmatch(call); m != nil {
			l = append(bytes.Clone(begun[string(thread)]), m[1]...)
			delete(begun, string(thread))
		}
		lines = append(lines, l)
	}
	return lines
}

var (
	resumed = regexp.MustCompile(`^ *<\.\.\. \w+ resumed>(.*)$`)
	callOf  = regexp.MustCompile(`^\d+ +(\w+)\(`)
	inet    = regexp.MustCompile(`^\d+ +\w+\(\d+<(?:TCP|UDP|RAW|TCPv6|UDPv6|RAWv6):\[([^\]>-]+)`) // the local end, once there is one
	on      = regexp.MustCompile(`^\d+ +\w+\(\d+<(\w+)`)                                          // what the first argument is open on
)

func (tr trace) call(line []byte) string {
	if m := callOf.FindSubmatch(line); m != nil {
		return string(m[1])
	}
	return ""
}

// A marked prompt and its answer go through a pod, and every system call of its processes is looked at: no socket of the
// Internet's protocols but the pod's two listeners, no process but those that are known, and the mark in no call at all, or
// only on a UNIX socket between podd and engine.
func TestPromptsStayInside(t *testing.T) { forms(t, testPromptsStayInside) }

func testPromptsStayInside(t *testing.T, form Enclave) {
	const canary = "canary-8128"
	bin, err := filepath.Abs("../../bin")
	if err != nil {
		t.Fatal(err)
	}
	dir, traces := traced(t, bin, form.programs()...)
	n := start(t, func(c *Config) { c.Bin, c.Enclave = dir, form })
	if got := chat(t, n, false, user("Repeat after me: "+canary)); got != canary {
		t.Errorf("got %q", got)
	}
	chat(t, n, true, user("Repeat after me: "+canary))
	for _, c := range []struct{ path, body string }{
		{"/v1/chat/completions", `{"model":"wisp","messages":[{"role":"user","content":"Repeat after me: ` + canary + `"}]}`},
		{"/api/generate", `{"model":"wisp","prompt":"` + canary + `","stream":false}`},
		{"/api/chat", `{"model":"wisp","messages":"` + canary + `"}`}, // refused, by the engine
		{"/api/chat", `{"model":"wisp","messages":[{"role":"user","content":"` + canary + `"}],"format":{"type":"` + canary + `"}}`},
		{"/api/chat", `{"model":"wisp","messages":[{"role":"user","content":"` + canary + `"}],"tools":[{"type":"` + canary + `"}]}`},
		{"/api/chat", `{"model":"wisp","messages":[{"role":"user","content":"` + canary + `"}],"options":{"` + canary + `":"` + canary + `"}}`},
	} {
		post(t, n, c.path, c.body)
	}
	listen, control := n.Pod().listen, n.Pod().control
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}

	marked, carried, listens, starts, shown := 0, 0, 0, 0, false
	for _, tr := range readTraces(t, traces) {
		pod := tr.name == form.programs()[0] // and not an engine beside it
		for _, l := range tr.lines {
			call := tr.call(l)
			if m := inet.FindSubmatch(l); m != nil {
				switch call {
				case "socket", "setsockopt", "getsockopt", "bind", "getsockname": // Go asks so whether there is IPv6: no data
				default:
					carried++
					if end := string(m[1]); !pod || end != listen && end != control {
						t.Errorf("%s: a socket that is no listener of the pod's: %.300s", tr.name, l)
					}
				}
			}
			switch call {
			case "listen":
				if !bytes.Contains(l, []byte("<UNIX")) {
					listens++
				}
			case "connect":
				if !bytes.Contains(l, []byte("AF_UNIX")) {
					t.Errorf("%s dials: %.300s", tr.name, l)
				}
			case "execve", "execveat":
				if pod {
					starts++
				}
			case "fork", "vfork", "clone", "clone3":
				if pod && !bytes.Contains(l, []byte("CLONE_THREAD")) {
					t.Errorf("%s starts a process: %.300s", tr.name, l)
				}
			}
			shown = shown || bytes.Contains(l, []byte("controlToken")) // of the configuration, as podd reads it
			if bytes.Contains(l, []byte(canary)) {
				marked++
				if m := on.FindSubmatch(l); form == AllInOne || m == nil || string(m[1]) != "UNIX" {
					t.Errorf("%s: the prompt left: %.300s", tr.name, l)
				}
			}
		}
	}
	if listens != 2 || starts != 1 {
		t.Errorf("%d listen on TCP and %d execve of the pod, want 2 and 1", listens, starts)
	}
	// Pod to engine, server to runner, and back: less means that the trace does not show what this test looks for.
	if form == TwoProcess && marked < 6 || carried == 0 || !shown {
		t.Errorf("%d calls with the mark and %d on TCP traced, data shown: %v", marked, carried, shown)
	}
}
