package patch

import (
	_ "embed"

	"github.com/phallama/phallama/engine/link"
)

// Module and Version name the source that the edits in [Ollama] are for.
const (
	Module  = "github.com/ollama/ollama"
	Version = "v0.17.4"
)

const runnerListen = `net.Listen("unix", os.Getenv("` + link.Env + `")+"` + link.RunnerInfix + `"+strconv.Itoa(*port))`

// What is added to the two runners, so that no account profits from what the
// engine evaluated for another.
var (
	//go:embed llamarunner.go.txt
	llamarunnerAccounts string
	//go:embed ollamarunner.go.txt
	ollamarunnerAccounts string
)

// Ollama is every change that the engine makes to Ollama's source.
var Ollama = []Edit{
	{
		File: "runner/llamarunner/runner.go",
		Why:  "the llama.cpp runner listens on a UNIX socket",
		Old:  `net.Listen("tcp", addr)`,
		New:  runnerListen,
	},
	{
		File: "runner/ollamarunner/runner.go",
		Why:  "the Go runner listens on a UNIX socket",
		Old:  `net.Listen("tcp", addr)`,
		New:  runnerListen,
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
		File: "llm/llm_linux.go",
		Why:  "where the engine hands out runner numbers",
		Old:  `var LlamaServerSysProcAttr = &syscall.SysProcAttr{}`,
		New: `var LlamaServerSysProcAttr = &syscall.SysProcAttr{}

// EngineRunnerNumber names the next runner; the engine sets it.
var EngineRunnerNumber = func() int { panic("engine: no runner numbers") }`,
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
		New: `// EngineHandler wraps Ollama's routes; the engine sets it.
var EngineHandler = func(http.Handler) http.Handler { panic("engine: no allow-list") }

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
