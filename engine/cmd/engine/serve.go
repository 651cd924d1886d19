//go:build engine

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/cpuid/v2"
	"github.com/ollama/ollama/llm"
	"github.com/ollama/ollama/ml"
	"github.com/ollama/ollama/runner"
	"github.com/ollama/ollama/server"

	"github.com/phallama/phallama/engine/gate"
	"github.com/phallama/phallama/engine/link"
	"github.com/phallama/phallama/engine/pulse"
)

const (
	maxContext  = 1 << 20
	maxParallel = 64

	// statusWedged is the exit status after a model got stuck.
	statusWedged = 3
)

// Config is everything the engine can be told.
type Config struct {
	Socket   string // path of the API socket; its folder must exist
	Models   string // model store in Ollama's layout; only read
	Context  int    // tokens for each request, 0 for Ollama's default
	Parallel int    // requests answered at the same time by one model

	WedgeAfter time.Duration // how long a model with requests may compute nothing
}

func (c *Config) check() error {
	switch {
	case c.Socket == "":
		return errors.New("--socket is missing: give the path of the UNIX socket to serve on")
	case c.Models == "":
		return errors.New("--models is missing: give the folder of the model store")
	case c.Context < 0 || c.Context > maxContext:
		return fmt.Errorf("--context is %d, expected 0 to %d", c.Context, maxContext)
	case c.Parallel < 1 || c.Parallel > maxParallel:
		return fmt.Errorf("--parallel is %d, expected 1 to %d", c.Parallel, maxParallel)
	case c.WedgeAfter < time.Second:
		return fmt.Errorf("--wedge-after is %s, expected at least 1s", c.WedgeAfter)
	}
	if err := checkCPU(); err != nil {
		return err
	}
	var err error
	if c.Socket, err = filepath.Abs(c.Socket); err != nil {
		return err
	}
	if c.Models, err = filepath.Abs(c.Models); err != nil {
		return err
	}
	if err := link.CheckPath(c.Socket); err != nil {
		return err
	}
	return checkStore(c.Models)
}

func checkCPU() error {
	if cpuLevel == "x86-64-v3" && cpuid.CPU.X64Level() < 3 {
		return errors.New("this engine was built for x86-64-v3 (AVX2, FMA, BMI2), which this CPU lacks: " +
			"build the plain one with `make engine ENGINE_CPU=baseline`")
	}
	return nil
}

// checkStore reports whether dir holds at least one model manifest. Ollama
// itself would make an empty store of a mistyped path.
func checkStore(dir string) error {
	found := errors.New("found")
	err := filepath.WalkDir(filepath.Join(dir, "manifests"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			return found
		}
		return err
	})
	switch {
	case errors.Is(err, found):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("model store: %w", err)
	}
	return fmt.Errorf("no model in the store %s: expected manifests/HOST/NAMESPACE/MODEL/TAG and blobs/ below it", dir)
}

// serve runs until standard input closes or a signal says so.
func serve(cfg Config) error {
	if err := cfg.check(); err != nil {
		return err
	}
	stdout, stderr, err := silence()
	if err != nil {
		return err
	}
	report := func(err error) error {
		fmt.Fprintln(stderr, "engine:", err)
		return err
	}
	setEnvironment(cfg)

	beats := pulse.New(cfg.WedgeAfter)
	ln, err := listen(cfg.Socket, beats.Beat)
	if err != nil {
		return report(err)
	}
	go exitWithParent(cfg.Socket)

	http.DefaultTransport = beats.Transport(link.Transport(cfg.Socket))
	gin.SetMode(gin.ReleaseMode)
	server.EngineHandler = func(h http.Handler) http.Handler { return beats.Handler(gate.New(h)) }
	var runners atomic.Int32
	llm.EngineRunnerNumber = func() int { return int(runners.Add(1)) }

	// A runner that hangs cannot be told anything, and one that Ollama starts
	// instead would wait for its requests to end: the engine ends, its runners
	// with it, and whoever started it does so again.
	go beats.Watch(context.Background(), func(s pulse.State) {
		_ = report(fmt.Errorf("a model with requests has computed nothing for %.0f seconds: the engine ends, start it again", s.Silent))
		end(cfg.Socket, statusWedged)
	})

	go func() {
		if err := answering(cfg.Socket); err != nil {
			_ = report(err)
			os.Exit(1)
		}
		fmt.Fprintln(stdout, "ready")
	}()
	if err := server.Serve(ln); err != nil {
		return report(err)
	}
	return nil
}

// silence points the process's standard output and error, for Go, C and C++
// alike, at /dev/null, and returns the real ones for the engine's own few
// messages. Ollama's log is patched away; this is for everything that prints
// past it, such as llama.cpp with a grammar that it cannot parse.
func silence() (stdout, stderr *os.File, err error) {
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

// setEnvironment replaces the environment of the host, in which OLLAMA_DEBUG
// would write prompts to the log, by the engine's own.
func setEnvironment(cfg Config) {
	os.Clearenv()
	for k, v := range map[string]string{
		link.Env:                   cfg.Socket,
		"HOME":                     "/nonexistent",
		"OLLAMA_MODELS":            cfg.Models,
		"OLLAMA_NUM_PARALLEL":      strconv.Itoa(cfg.Parallel),
		"OLLAMA_CONTEXT_LENGTH":    strconv.Itoa(cfg.Context),
		"OLLAMA_KEEP_ALIVE":        "-1",
		"OLLAMA_MAX_LOADED_MODELS": "1024", // the store decides, not Ollama's default of three
		"OLLAMA_NOPRUNE":           "1",
		"OLLAMA_NO_CLOUD":          "1",
	} {
		_ = os.Setenv(k, v)
	}
}

// listen opens the API socket with mode 0600 and the life line beside it.
func listen(socket string, beat func(runner int)) (net.Listener, error) {
	if fi, err := os.Lstat(socket); err == nil {
		if fi.Mode()&os.ModeSocket == 0 {
			return nil, fmt.Errorf("%s exists and is not a socket: choose another --socket", socket)
		}
		if c, err := net.Dial("unix", socket); err == nil {
			_ = c.Close()
			return nil, fmt.Errorf("%s is in use by another engine: stop it or choose another --socket", socket)
		}
		if err := os.Remove(socket); err != nil {
			return nil, fmt.Errorf("remove stale socket: %w", err)
		}
	}
	if err := link.Clean(socket); err != nil {
		return nil, fmt.Errorf("remove stale sockets: %w", err)
	}
	syscall.Umask(0o177) // for runners too, which inherit it
	if err := link.HoldLife(socket, beat); err != nil {
		return nil, err
	}
	return net.Listen("unix", socket)
}

// exitWithParent ends the process when standard input closes, so that the
// engine never outlives the podd that started it, or at a signal. The runners
// follow by the life line.
func exitWithParent(socket string) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	closed := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(closed)
	}()
	select {
	case <-signals:
	case <-closed:
	}
	end(socket, 0)
}

// end ends the process and leaves nothing behind: no runner either, which
// might be stopped and deaf to the end of the life line.
func end(socket string, status int) {
	tasks, _ := filepath.Glob("/proc/self/task/*/children")
	for _, f := range tasks {
		list, _ := os.ReadFile(f)
		for _, child := range strings.Fields(string(list)) {
			if pid, err := strconv.Atoi(child); err == nil && pid > 1 {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}
	_ = os.Remove(socket)
	_ = link.Clean(socket)
	os.Exit(status)
}

// answering waits for the first answer of the server. The listener exists
// already, so the request waits in its queue until Ollama serves.
func answering(socket string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/api/version", http.NoBody)
	if err != nil {
		return err
	}
	t := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", socket)
		},
		DisableKeepAlives: true,
	}
	resp, err := t.RoundTrip(req)
	if err != nil {
		return fmt.Errorf("not answering: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("not answering: GET /api/version gave %s", resp.Status)
	}
	return nil
}

// runRunner is the child process that holds one model.
func runRunner(args []string) error {
	socket := os.Getenv(link.Env)
	if socket == "" {
		return errors.New("the runner is started by the engine, not by hand")
	}
	// Ollama also starts runners to look for GPUs, and runners of other kinds
	// for images and MLX. The engine computes on the CPU and has neither.
	model, number := false, 0
	for i, a := range args {
		switch a {
		case "--model":
			model = true
		case "--port":
			if i+1 < len(args) {
				number, _ = strconv.Atoi(args[i+1]) // the runner's own flags say what is wrong
			}
		case "--imagegen-engine", "--mlx-engine":
			return fmt.Errorf("%s is not part of the engine", a)
		}
	}
	if !model {
		return errors.New("the engine looks for no GPU")
	}
	if _, _, err := silence(); err != nil {
		return err
	}
	beat, err := link.FollowLife(socket, number, func() { os.Exit(0) })
	if err != nil {
		return err
	}
	beats := pulse.New(0).Counter("") // of the one model that this process computes
	ml.EngineBeats = func(string) *atomic.Uint64 { return beats }
	go func() {
		for seen := beats.Load(); ; time.Sleep(pulse.Tick / 4) {
			if n := beats.Load(); n != seen {
				seen = n
				beat()
			}
		}
	}()
	return runner.Execute(args)
}
