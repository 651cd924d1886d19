package devnet

import (
	"bufio"
	"bytes"
	"debug/elf"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/enclave"
)

// Of <linux/ptrace.h> and <linux/wait.h>.
const (
	ptraceSeize     = 0x4206
	ptraceInterrupt = 0x4207
	ptraceEventStop = 128
	waitAll         = 0x40000000
)

// stopEnv has this test program stop a thread of the process with that number instead of testing anything.
const stopEnv = "PHALLAMA_TEST_STOPS_THREAD_OF"

// TestStopsThread is no test: it is the process that stops a thread for TestStuckProcess. Who is traced ends for his parent
// only after his tracer has looked, so parent and tracer are two processes.
func TestStopsThread(t *testing.T) {
	pid, err := strconv.Atoi(os.Getenv(stopEnv))
	if err != nil {
		t.Skip("run by TestStuckProcess")
	}
	runtime.LockOSThread() // the tracer is a thread
	thread, err := stopComputing(pid)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("stopped", thread)
	for { // it stays so until its process ends
		var status syscall.WaitStatus
		if _, err := wait4(thread, &status); err != nil || status.Exited() || status.Signaled() {
			return
		}
	}
}

// stopComputing stops, for good, the thread of a process that computes most, while it is in C or C++: one stopped in Go
// would stop the Go runtime.
func stopComputing(pid int) (thread int, err error) {
	native, err := nativeCode(fmt.Sprintf("/proc/%d/exe", pid))
	if err != nil {
		return 0, err
	}
	for range 2000 {
		thread, err := busiest(pid)
		if err != nil {
			return 0, err
		}
		if thread == 0 {
			continue
		}
		if err := ptrace(ptraceSeize, thread); errors.Is(err, syscall.ESRCH) {
			continue // it ended
		} else if err != nil {
			return 0, fmt.Errorf("no thread may be traced here: PTRACE_SEIZE: %w", err)
		}
		if err := ptrace(ptraceInterrupt, thread); err != nil {
			continue
		}
		stopped := false
		for !stopped {
			var status syscall.WaitStatus
			if _, err := wait4(thread, &status); err != nil || status.Exited() || status.Signaled() {
				break
			}
			if stopped = uint32(status)>>16 == ptraceEventStop; !stopped { // a signal came first: let it have it
				_ = syscall.PtraceCont(thread, int(status.StopSignal()))
			}
		}
		if !stopped {
			continue
		}
		var regs syscall.PtraceRegs
		if err := syscall.PtraceGetRegs(thread, &regs); err != nil {
			return 0, err
		}
		if inCall := int64(regs.Orig_rax) >= 0; native(regs.Rip) && !inCall {
			return thread, nil
		}
		if err := syscall.PtraceDetach(thread); err != nil {
			return 0, err
		}
	}
	return 0, errors.New("no thread was found computing in C or C++")
}

func ptrace(request, thread int) error {
	if _, _, errno := syscall.Syscall6(syscall.SYS_PTRACE, uintptr(request), uintptr(thread), 0, 0, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

func wait4(thread int, status *syscall.WaitStatus) (int, error) {
	for {
		pid, err := syscall.Wait4(thread, status, waitAll, nil)
		if !errors.Is(err, syscall.EINTR) {
			return pid, err
		}
	}
}

// busiest is the thread that computed most in the last hundredths of a second; 0 where none did.
func busiest(pid int) (thread int, err error) {
	before, err := ticks(pid)
	if err != nil {
		return 0, err
	}
	time.Sleep(30 * time.Millisecond)
	after, err := ticks(pid)
	if err != nil {
		return 0, err
	}
	most := 0
	for id, n := range after {
		if n-before[id] > most {
			thread, most = id, n-before[id]
		}
	}
	return thread, nil
}

// ticks is how long each thread of a process ran in its own code.
func ticks(pid int) (map[int]int, error) {
	all := map[int]int{}
	stats, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	if err != nil || len(stats) == 0 {
		return nil, fmt.Errorf("process %d is gone (%v)", pid, err)
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // the thread ended
		}
		_, fields, _ := bytes.Cut(text, []byte(") "))
		id, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		f := strings.Fields(string(fields))
		if err != nil || len(f) < 12 {
			return nil, fmt.Errorf("%s: %q", path, text)
		}
		if all[id], err = strconv.Atoi(f[11]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// nativeCode tells where in a static program's code its Go ends: runtime.moduledata has minpc and maxpc, after a pointer,
// six slices and another pointer.
func nativeCode(path string) (func(pc uint64) bool, error) {
	program, err := elf.Open(path)
	if err != nil {
		return nil, err
	}
	defer program.Close()
	text, module := program.Section(".text"), program.Section(".go.module")
	if text == nil || module == nil {
		return nil, errors.New("the program has no sections .text and .go.module")
	}
	raw := make([]byte, 176)
	if _, err := module.ReadAt(raw, 0); err != nil {
		return nil, err
	}
	from, to := binary.LittleEndian.Uint64(raw[160:]), binary.LittleEndian.Uint64(raw[168:])
	end := text.Addr + text.Size
	if from < text.Addr || to > end || to < from+1<<20 {
		return nil, fmt.Errorf("the program's Go is said to lie at %x to %x of %x to %x: has runtime.moduledata changed?", from, to, text.Addr, end)
	}
	return func(pc uint64) bool { return pc >= text.Addr && pc < end && (pc < from || pc >= to) }, nil
}

// A thread that is stopped while it computes, in a pod in one process, is a model that got stuck where nobody can end it:
// the process ends with its own status and is started again, its ledger is whole, the agent registers its new identity,
// and what was cut off costs nothing.
func TestStuckProcess(t *testing.T) {
	n := start(t, func(c *Config) { c.Enclave = AllInOne })
	chat(t, n, false, user("Repeat after me: falcon-1"))
	n.Pod().mu.Lock()
	before, identity := n.Pod().podd, n.Pod().identity
	n.Pod().mu.Unlock()

	stopper := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestStopsThread$")
	stopper.Env = append(os.Environ(), fmt.Sprintf("%s=%d", stopEnv, before.cmd.Process.Pid))
	stdout, err := stopper.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := stopper.Start(); err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(stdout).ReadString('\n')
		said <- strings.TrimSpace(line)
		_, _ = io.Copy(io.Discard, stdout)
		_ = stopper.Wait()
	}()
	// Answers are asked for until one is cut off.
	cut := make(chan string, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			resp, err := http.Post(n.Gateway+"/api/chat", "application/json", strings.NewReader(`{"model":"wisp","messages":[{"role":"user","content":"Talk forever"}]}`))
			if err != nil {
				cut <- err.Error()
				return
			}
			text, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if err != nil || !strings.Contains(string(text), `"done":true`) {
				cut <- fmt.Sprintf("%s, %v, %d bytes", resp.Status, err, len(text))
				return
			}
			select {
			case <-t.Context().Done():
				return
			default:
			}
		}
	}()
	word := <-said
	if !strings.HasPrefix(word, "stopped ") {
		if os.Geteuid() != 0 || strings.Contains(word, "may be traced") {
			t.Skipf("a pod's thread can be stopped by root alone, where ptrace is allowed: %s", word)
		}
		t.Fatalf("no thread was stopped: %s", word)
	}
	t.Log(word)
	t.Logf("the answer that was cut: %s", <-cut)
	<-before.done
	if code := before.cmd.ProcessState.ExitCode(); code != enclave.StatusWedged {
		t.Errorf("it ended with status %d, want %d: %s", code, enclave.StatusWedged, lastLines(before.log))
	}
	if log, err := os.ReadFile(before.log); err != nil || !strings.Contains(string(log), enclave.ErrWedged.Error()) {
		t.Errorf("it does not say why: %s, %v", log, err)
	}
	answersAgain(t, n)
	if err := n.Pod().Listed(t.Context()); err != nil {
		t.Fatal(err)
	}
	n.Pod().mu.Lock()
	after := n.Pod().identity
	n.Pod().mu.Unlock()
	if after == identity {
		t.Error("it has its identity of before")
	}
	checkBillsOfStuck(t, n)
	settled, err := n.Agent().SettleNow(t.Context())
	if sum := sumOfReceipts(t, n.config.Dir); err != nil || settled.Charged != sum {
		t.Errorf("receipts sum up to %s, the chain moved %s (%v)", sum, settled.Charged, err)
	}
}
