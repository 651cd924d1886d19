package patch

import _ "embed"

// Module and Version name the source that the edits in [Ollama] are for.
const (
	Module  = "github.com/ollama/ollama"
	Version = "v0.17.4"
)

const (
	tcpListen    = `	listener, err := net.Listen("tcp", addr)`
	engineListen = `	var listener net.Listener
	listener, err := llm.EngineListen(*port)`
)

// What is added to the two runners, so that no account profits from what the
// engine evaluated for another.
var (
	//go:embed llamarunner.go.txt
	llamarunnerAccounts string
	//go:embed ollamarunner.go.txt
	ollamarunnerAccounts string
)

// Ollama is every change that the engine makes to Ollama's source. The same
// patched source serves both forms, runners as child processes and runners in
// the server's own process: what differs goes through variables that the
// engine sets (engine/serve), and that fail until it has.
var Ollama = []Edit{
	{
		File: "runner/llamarunner/runner.go",
		Why:  "the llama.cpp runner listens where the engine says, not on TCP",
		Old:  tcpListen,
		New:  engineListen,
	},
	{
		File: "runner/ollamarunner/runner.go",
		Why:  "the Go runner listens where the engine says, not on TCP",
		Old:  tcpListen,
		New:  engineListen,
	},
	{
		File: "llm/server.go",
		Why:  "a runner's number is counted, not probed for with a TCP socket",
		Old: `	port = 0
	if a, err := net.ResolveTCPAddr("tcp", "localhost:0"); err == nil {`,
		New: `	port = EngineRunnerNumber()
	if a, err := net.ResolveTCPAddr("tcp", "localhost:0"); err == nil && port == 0 {`,
	},
	{
		File: "llm/server.go",
		Why:  "the engine starts runners: as processes, or in this one",
		Old:  `	if err = cmd.Start(); err != nil {`,
		New:  `	if err = EngineStart(cmd); err != nil {`,
	},
	{
		File: "llm/server.go",
		Why:  "and knows when they end",
		Old:  `		err := s.cmd.Wait()`,
		New:  `		err := EngineWait(s.cmd)`,
	},
	{
		File: "llm/llm_linux.go",
		Why:  "where the engine says how runners are numbered, started, waited for and reached",
		Old:  `var LlamaServerSysProcAttr = &syscall.SysProcAttr{}`,
		New: `var LlamaServerSysProcAttr = &syscall.SysProcAttr{}

// What the engine sets; see its package serve.
var (
	EngineRunnerNumber = func() int { panic("engine: no runner numbers") }
	EngineStart        = func(*exec.Cmd) error { return errors.New("engine: no way to start runners") }
	EngineWait         = func(*exec.Cmd) error { panic("engine: no runners") }
	EngineListen       = func(number int) (net.Listener, error) { return nil, errors.New("engine: no runners") }
)`,
	},
	{
		File: "llm/llm_linux.go",
		Why:  "as above",
		Old:  `	"syscall"`,
		New: `	"errors"
	"net"
	"os/exec"
	"syscall"`,
	},
	{
		File: "server/sched.go",
		Why:  "a model that was loaded in this process is not loaded anew: its memory would not come back",
		Old:  `func (runner *runnerRef) needsReload(ctx context.Context, req *LlmRequest) bool {`,
		New: `func (runner *runnerRef) needsReload(ctx context.Context, req *LlmRequest) bool {
	if EngineKeepsModels {
		return false
	}`,
	},
	{
		File: "server/sched.go",
		Why:  "no runners of other kinds: they are processes of other programs",
		Old:  `func (s *Scheduler) loadMLX(req *LlmRequest) bool {`,
		New: `func (s *Scheduler) loadMLX(req *LlmRequest) bool {
	if true {
		req.errCh <- errors.New("the engine serves GGUF models only")
		return true
	}`,
	},
	{
		File: "server/routes.go",
		Why:  "a request cannot ask for another kind of runner, which had the model loaded anew",
		Old:  `	useImagegen, _ := requestOpts["use_imagegen_runner"].(bool)`,
		New:  `	const useImagegen = false`,
	},
	{
		File: "server/routes.go",
		Why:  "requests pass the engine's allow-list, and pprof is not served",
		Old:  `		Handler: nil,`,
		New:  `		Handler: EngineHandler(h),`,
	},
	{
		File: "server/routes.go",
		Why:  "where the engine sets its allow-list",
		Old:  `func Serve(ln net.Listener) error {`,
		New: `// EngineHandler wraps Ollama's routes; EngineKeepsModels says that models
// are in this process. The engine sets both.
var (
	EngineHandler     = func(http.Handler) http.Handler { panic("engine: no allow-list") }
	EngineKeepsModels = false
)

func Serve(ln net.Listener) error {`,
	},
	{
		File: "logutil/logutil.go",
		Why:  "Ollama logs nothing: its warnings and errors quote what users sent",
		Old:  `func NewLogger(w io.Writer, level slog.Level) *slog.Logger {`,
		New: `func NewLogger(w io.Writer, level slog.Level) *slog.Logger {
	w, level = io.Discard, slog.Level(math.MaxInt)`,
	},
	{
		File: "logutil/logutil.go",
		Why:  "as above",
		Old:  `	"log/slog"`,
		New: `	"log/slog"
	"math"`,
	},
	{
		File: "runner/llamarunner/account.go",
		Why:  "cache slots belong to accounts",
		New:  llamarunnerAccounts,
	},
	{
		File: "runner/llamarunner/cache.go",
		Why:  "a cache slot remembers its account",
		Old:  `	lastUsed time.Time`,
		New: `	lastUsed time.Time

	// the account whose inputs are stored
	account string`,
	},
	{
		File: "runner/llamarunner/runner.go",
		Why:  "an answer uses its account's cache",
		Old:  `s.cache.LoadCacheSlot(seq.inputs, true)`,
		New:  `s.cache.loadAccountSlot(w, r, seq.inputs, true)`,
	},
	{
		File: "runner/llamarunner/runner.go",
		Why:  "an embedding leaves nothing in another account's slot",
		Old:  `s.cache.LoadCacheSlot(seq.inputs, false)`,
		New:  `s.cache.loadAccountSlot(w, r, seq.inputs, false)`,
	},
	{
		File: "runner/llamarunner/image.go",
		Why:  "embeddings of images are not kept: their cache knows no accounts",
		Old: `
		c.addImage(hash, chunks)
`,
	},
	{
		File: "runner/ollamarunner/account.go",
		Why:  "cache slots belong to accounts",
		New:  ollamarunnerAccounts,
	},
	{
		File: "runner/ollamarunner/cache.go",
		Why:  "a cache slot remembers its account",
		Old:  `	lastUsed time.Time`,
		New: `	lastUsed time.Time

	// the account whose inputs are stored
	account string`,
	},
	{
		File: "runner/ollamarunner/runner.go",
		Why:  "an answer uses its account's cache",
		Old:  `s.cache.LoadCacheSlot(seq.inputs, true)`,
		New:  `s.cache.loadAccountSlot(w, r, seq.inputs, true)`,
	},
	{
		File: "runner/ollamarunner/runner.go",
		Why:  "an embedding leaves nothing in another account's slot",
		Old:  `s.cache.LoadCacheSlot(seq.inputs, false)`,
		New:  `s.cache.loadAccountSlot(w, r, seq.inputs, false)`,
	},
}
