package serve

import (
	"fmt"
	"os"
	"syscall"
)

// Silence points the process's standard output and error, for Go, C and C++ alike, at /dev/null, and returns the real
// ones for what is said on purpose: the engine's few messages, a pod's log. Ollama's log is patched away; this is for
// everything that prints past it, such as llama.cpp with a grammar that it cannot parse, or a crash, whose trace could
// hold a prompt.
func Silence() (stdout, stderr *os.File, err error) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, nil, err
	}
	defer null.Close()
	var kept [2]*os.File
	for i, f := range []*os.File{os.Stdout, os.Stderr} {
		fd, _, errno := syscall.Syscall(syscall.SYS_FCNTL, f.Fd(), syscall.F_DUPFD_CLOEXEC, 3)
		if errno != 0 {
			return nil, nil, fmt.Errorf("keep %s: %w", f.Name(), errno)
		}
		kept[i] = os.NewFile(fd, f.Name())
		if err := syscall.Dup3(int(null.Fd()), int(f.Fd()), 0); err != nil {
			return nil, nil, fmt.Errorf("silence %s: %w", f.Name(), err)
		}
	}
	// A core dump would hold prompts.
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}); err != nil {
		return nil, nil, fmt.Errorf("forbid core dumps: %w", err)
	}
	return kept[0], kept[1], nil
}
