// Command confined is what podd is once it has confined itself, and then tries what it must not be able to do: the test
// reads what came of it.
package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/phallama/phallama/enclave"
)

func main() {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	enclave.Harden(log)
	config, err := enclave.LoadConfig(os.Args[1])
	if err == nil {
		err = enclave.Confine(config, log)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	outside, target := os.Args[2], os.Args[3] // a file, a TCP address
	tried := map[string]string{}
	try := func(what string, err error) {
		tried[what] = "ok"
		if err != nil {
			tried[what] = err.Error()
		}
	}
	read := func(path string) error {
		_, err := os.ReadFile(path)
		return err
	}
	manifest, _ := filepath.Glob(filepath.Join(config.Models, "*"))
	_, err = os.ReadDir(config.Models)
	try("list models", err)
	try("read a model", read(manifest[0]))
	try("write a model", os.WriteFile(manifest[0], nil, 0o600))
	try("write state", os.WriteFile(filepath.Join(config.State, "log.new"), []byte("x"), 0o600))
	try("rename state", os.Rename(filepath.Join(config.State, "log.new"), filepath.Join(config.State, "log")))
	try("read state", read(filepath.Join(config.State, "log")))
	try("remove state", os.Remove(filepath.Join(config.State, "log")))
	try("move state out", os.Rename(filepath.Join(config.State, "kept"), outside+".moved"))
	try("read outside", read(outside))
	try("write outside", os.WriteFile(outside+".new", nil, 0o600))
	try("list outside", func() error { _, err := os.ReadDir(filepath.Dir(outside)); return err }())
	try("read configuration", read(os.Args[1])) // not any more: podd has read it
	try("run a program", exec.Command("/bin/true").Run())
	try("run itself", syscall.Exec("/proc/self/exe", []string{"x"}, nil))
	listener, err := net.Listen("tcp", config.Listen)
	try("listen", err)
	if err == nil {
		listener.Close()
	}
	conn, err := net.Dial("tcp", target)
	try("dial", err)
	if err == nil {
		conn.Close()
	}
	conn, err = net.Dial("unix", config.EngineSocket)
	try("dial the engine", err)
	if err == nil {
		conn.Close()
	}
	var limit syscall.Rlimit
	try("read the limit", syscall.Getrlimit(syscall.RLIMIT_CORE, &limit))
	tried["core limit"] = fmt.Sprint(limit.Cur, " ", limit.Max)
	dumpable, _, _ := syscall.Syscall(syscall.SYS_PRCTL, 3, 0, 0)
	tried["dumpable"] = fmt.Sprint(dumpable)
	// On every thread, the new ones too.
	var mu sync.Mutex
	var wait sync.WaitGroup
	readOutside := 0
	for range 64 {
		wait.Go(func() {
			for range 20 {
				if read(outside) == nil {
					mu.Lock()
					readOutside++
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	tried["threads that read outside"] = fmt.Sprint(readOutside)
	for what, err := range tried {
		if strings.Contains(err, "permission denied") || strings.Contains(err, "operation not permitted") {
			tried[what] = "denied"
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(tried)
}
