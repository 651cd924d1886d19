package enclave

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"
	"unsafe"
)

// Of <linux/prctl.h>.
const (
	prSetDumpable   = 4
	prSetNoNewPrivs = 38
)

func hardenProcess() (held, not []string) {
	note := func(what string, err error) {
		if err != nil {
			not = append(not, fmt.Sprintf("%s: %v", what, err))
			return
		}
		held = append(held, what)
	}
	note("no core dumps", syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{}))
	_, _, errno := syscall.Syscall(syscall.SYS_PRCTL, prSetDumpable, 0, 0)
	note("not dumpable", asError(errno))
	note("no new privileges", noNewPrivileges())
	return held, not
}

func asError(errno syscall.Errno) error {
	if errno == 0 {
		return nil
	}
	return errno
}

var errThreads = errors.New("built with cgo, whose threads Go does not reach")

// allThreads makes a system call on every thread: what it sets is the thread's own.
func allThreads(trap, a1, a2, a3 uintptr) error {
	_, _, errno := syscall.AllThreadsSyscall6(trap, a1, a2, a3, 0, 0, 0)
	if errno == syscall.ENOTSUP {
		return errThreads
	}
	return asError(errno)
}

func noNewPrivileges() error { return allThreads(syscall.SYS_PRCTL, prSetNoNewPrivs, 1, 0) }

// Of <linux/landlock.h>. The numbers of the system calls are the same on every architecture.
const (
	sysLandlockCreateRuleset = 444
	sysLandlockAddRule       = 445
	sysLandlockRestrictSelf  = 446

	landlockVersion     = 1 // flag of create_ruleset
	landlockPathBeneath = 1 // rule types
	landlockNetPort     = 2

	fsExecute    = 1 << 0
	fsWriteFile  = 1 << 1
	fsReadFile   = 1 << 2
	fsReadDir    = 1 << 3
	fsRemoveDir  = 1 << 4
	fsRemoveFile = 1 << 5
	fsMakeDir    = 1 << 7
	fsMakeReg    = 1 << 8
	fsAll        = 1<<13 - 1 // of the first version
	fsRefer      = 1 << 13   // since version 2
	fsTruncate   = 1 << 14   // 3
	fsIoctlDev   = 1 << 15   // 5

	netBind    = 1 << 0 // 4
	netConnect = 1 << 1
)

type landlockRuleset struct{ fs, net uint64 }

type landlockPath struct {
	allowed uint64
	fd      int32
}

type landlockPort struct{ allowed, port uint64 }

// confineProcess allows nothing but the grants and to listen at the addresses. What it cannot do it says in not; its
// errors are those of the configuration.
func confineProcess(grants []grant, listen []string) (held, not []string, err error) {
	abi, _, errno := syscall.Syscall(sysLandlockCreateRuleset, 0, 0, landlockVersion)
	if errno != 0 {
		return nil, []string{"files, programs, TCP: no Landlock here (" + errno.Error() + ")"}, nil
	}
	// Without it the kernel lets nobody confine himself. It also tells whether all threads can be reached.
	if err := noNewPrivileges(); err != nil {
		return nil, []string{"files, programs, TCP: " + err.Error()}, nil
	}
	rules := landlockRuleset{fs: fsAll}
	size := unsafe.Sizeof(rules.fs)
	for since, right := range map[uintptr]uint64{2: fsRefer, 3: fsTruncate, 5: fsIoctlDev} {
		if abi >= since {
			rules.fs |= right
		}
	}
	if abi >= 4 {
		rules.net, size = netBind|netConnect, unsafe.Sizeof(rules)
	} else {
		not = append(not, fmt.Sprintf("TCP: Landlock has version %d here, and TCP takes 4", abi))
	}
	fd, _, errno := syscall.Syscall(sysLandlockCreateRuleset, uintptr(unsafe.Pointer(&rules)), size, 0)
	if errno != 0 {
		return nil, append(not, "files, programs: "+errno.Error()), nil
	}
	defer syscall.Close(int(fd))
	var files []string
	for _, g := range grants {
		ok, err := allowPath(fd, rules.fs, g)
		if err != nil {
			return nil, nil, fmt.Errorf("confine the process: %s: %w", g.path, err)
		}
		if ok && !strings.HasPrefix(g.path, "/etc/") && !strings.HasPrefix(g.path, "/proc/") && !strings.HasPrefix(g.path, "/usr/") {
			files = append(files, g.path)
		}
	}
	if rules.net != 0 {
		for _, address := range listen {
			if err := allowPort(fd, address); err != nil {
				return nil, nil, fmt.Errorf("confine the process: %w", err)
			}
		}
	}
	if err := allThreads(sysLandlockRestrictSelf, fd, 0, 0); err != nil {
		return nil, append(not, "files, programs, TCP: "+err.Error()), nil
	}
	held = []string{"files: only " + strings.Join(files, ", "), "programs: none"}
	if rules.net != 0 {
		held = append(held, "TCP: only to listen at "+strings.Join(listen, ", "))
	}
	return held, not, nil
}

// allowPath adds a grant to a set of rules; ok is false where there is no such path.
func allowPath(ruleset uintptr, handled uint64, g grant) (ok bool, err error) {
	const oPath = 0x200000 // O_PATH, which package syscall lacks
	fd, err := syscall.Open(g.path, oPath|syscall.O_CLOEXEC, 0)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer syscall.Close(fd)
	var stat syscall.Stat_t
	if err := syscall.Fstat(fd, &stat); err != nil {
		return false, err
	}
	rule := landlockPath{allowed: fsReadFile | fsReadDir, fd: int32(fd)}
	if g.write {
		rule.allowed |= fsWriteFile | fsTruncate | fsMakeReg | fsRemoveFile | fsMakeDir | fsRemoveDir
	}
	if stat.Mode&syscall.S_IFMT != syscall.S_IFDIR {
		rule.allowed &= fsReadFile | fsWriteFile | fsTruncate
	}
	rule.allowed &= handled
	_, _, errno := syscall.Syscall6(sysLandlockAddRule, ruleset, landlockPathBeneath, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	return true, asError(errno)
}

// allowPort lets the process listen at an address; port 0 is any free one.
func allowPort(ruleset uintptr, address string) error {
	_, text, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	port, err := net.LookupPort("tcp", text)
	if err != nil {
		return err
	}
	rule := landlockPort{allowed: netBind, port: uint64(port)}
	_, _, errno := syscall.Syscall6(sysLandlockAddRule, ruleset, landlockNetPort, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	return asError(errno)
}
