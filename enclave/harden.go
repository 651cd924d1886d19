package enclave

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/phallama/phallama/ledger"
)

// Harden sees to it, first thing in a program's life, that the process leaves nothing of its memory behind: no core dump,
// no reader of its memory but root, no stack in the message of a crash, no privileges by way of a program that it starts.
// What a platform does not know is no error: a log line says what holds. Under Gramine the host sees none of it anyway.
func Harden(log *slog.Logger) {
	debug.SetTraceback("none")
	held, not := hardenProcess()
	// The runtime takes the environment's word over ours. In an enclave the environment is measured.
	if level := os.Getenv("GOTRACEBACK"); level != "" && level != "none" {
		not = append(not, "GOTRACEBACK is set: a crash prints stacks")
	} else {
		held = append(held, "no stacks in a crash")
	}
	report(log, "process hardened", held, not)
}

// Confine takes from the process, as far as the kernel can do that (Landlock), the files that the configuration does not
// name, the start of programs, and TCP but for its two listeners. It cannot be undone. A kernel without it, Gramine's
// among them, is no error.
func Confine(c Config, log *slog.Logger) error {
	if err := c.makeDirs(); err != nil {
		return err
	}
	held, not, err := confineProcess(c.grants(), []string{c.Listen, c.Control})
	if err != nil {
		return err
	}
	report(log, "process confined", held, not)
	return nil
}

func report(log *slog.Logger, what string, held, not []string) {
	if len(held) == 0 {
		what = strings.Replace(what, "process ", "process not ", 1)
	}
	var attrs []any
	if len(held) > 0 {
		attrs = append(attrs, "holds", strings.Join(held, "; "))
	}
	if len(not) > 0 {
		attrs = append(attrs, "not", strings.Join(not, "; "))
	}
	log.Info(what, attrs...)
}

// grant is what a process may do with a path and what lies under it. One that does not exist grants nothing.
type grant struct {
	path  string
	write bool // and make and remove files; else only read
}

// grants are the paths that a pod works with. Sockets need none: to connect to one is not to open a file.
func (c Config) grants() []grant {
	list := []grant{{path: c.Models}, {path: c.State, write: true}}
	for _, dir := range []string{c.ModelsCopy, c.Gramine, c.ConfigFS} {
		if dir != "" {
			list = append(list, grant{path: dir, write: true})
		}
	}
	switch key := c.StateKey; key.Source {
	case "gramine":
		list = append(list, grant{path: key.Path, write: true})
	case "file":
		if _, err := os.Lstat(key.Path); err == nil {
			list = append(list, grant{path: key.Path})
		} else { // it is about to be made
			list = append(list, grant{path: filepath.Dir(key.Path), write: true})
		}
	}
	// What memory there is, and what Go reads to listen under a name, to size the backlog, and to tell the time of a log line.
	for _, path := range []string{"/etc/hosts", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/services", "/etc/localtime", "/usr/share/zoneinfo", "/proc/sys/net/core/somaxconn", "/proc/meminfo", "/proc/self/cgroup", "/sys/fs/cgroup"} {
		list = append(list, grant{path: path})
	}
	return list
}

// makeDirs makes the directories that would be made later: a path can be granted once it is there.
func (c Config) makeDirs() error {
	if err := ledger.MakeDir(c.State); err != nil {
		return err
	}
	if c.ModelsCopy != "" {
		if err := os.MkdirAll(c.ModelsCopy, 0o700); err != nil {
			return err
		}
	}
	if c.StateKey.Source == "file" {
		return os.MkdirAll(filepath.Dir(c.StateKey.Path), 0o700)
	}
	return nil
}
