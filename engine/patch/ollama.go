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

	givenUp = `	for {
		select {
		case <-r.Context().Done():
			close(seq.quit)`
	untilRemoved = `	defer func() {
		for range seq.responses {
		}
	}()
` + givenUp
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
	{
		File: "server/routes.go",
		Why:  "whoever writes an answer's pieces never waits for a reader that is gone, a slot in its hand: here /api/generate",
		Old: `	ch := make(chan any)
	go func() {
		// TODO (jmorganca): avoid building`,
		New: `	ch := make(chan any)
	defer engineDrain(ch)
	go func() {
		// TODO (jmorganca): avoid building`,
	},
	{
		File: "server/routes.go",
		Why:  "as above, /api/chat",
		Old: `	ch := make(chan any)
	go func() {
		defer close(ch)

		structuredOutputsState := `,
		New: `	ch := make(chan any)
	defer engineDrain(ch)
	go func() {
		defer close(ch)

		structuredOutputsState := `,
	},
	{
		File: "server/routes.go",
		Why:  "as above",
		Old:  `func streamResponse(`,
		New: `// engineDrain reads a channel to its end.
func engineDrain(ch chan any) {
	for range ch {
	}
}

func streamResponse(`,
	},
	{
		File: "runner/llamarunner/runner.go",
		Why:  "an answer that is given up while its prompt is evaluated ends at the next batch",
		Old: `		// if past the num predict limit
`,
		New: `		select {
		case <-seq.quit:
			s.removeSequence(seqIdx, llm.DoneReasonConnectionClosed)
			continue
		default:
		}

		// if past the num predict limit
`,
	},
	{
		File: "runner/llamarunner/runner.go",
		Why:  "a call ends after its sequence, which uses what the call holds",
		Old:  givenUp,
		New:  untilRemoved,
	},
	{
		File: "runner/ollamarunner/runner.go",
		Why:  "an answer that is given up while its prompt is evaluated ends at the next batch",
		Old:  `		if seq == nil || nextBatchTokens[i] == nil {`,
		New: `		if seq != nil && activeBatch.seqs[i] == seq {
			select {
			case <-seq.quit:
				s.removeSequence(i, llm.DoneReasonConnectionClosed)
				continue
			default:
			}
		}
		if seq == nil || nextBatchTokens[i] == nil {`,
	},
	{
		File: "runner/ollamarunner/runner.go",
		Why:  "a call ends after its sequence, which uses what the call holds: it frees a grammar",
		Old:  givenUp,
		New:  untilRemoved,
	},
	{
		File: "ml/path.go",
		Why:  "where the engine hands out what a model's computation counts up",
		Old:  `var LibOllamaPath string = func() string {`,
		New: `// EngineBeats is the counter of a model file; its address never moves. The engine sets it.
var EngineBeats = func(modelPath string) *atomic.Uint64 { panic("engine: no beats") }

// EngineBusy counts for a model file, until the function that it returns is called or five minutes are over.
func EngineBusy(modelPath string) func() {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	go func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				EngineBeats(modelPath).Add(1)
			case <-ctx.Done():
				return
			}
		}
	}()
	return cancel
}

var LibOllamaPath string = func() string {`,
	},
	{
		File: "ml/path.go",
		Why:  "as above",
		Old:  `	"runtime"`,
		New: `	"context"
	"runtime"
	"sync/atomic"
	"time"`,
	},
	{
		File: "llama/llama.go",
		Why:  "llama.cpp counts each operation of a graph: a model that computes beats",
		Old:  `extern void llamaLog(int level, char* text, void* user_data);`,
		New: `extern void llamaLog(int level, char* text, void* user_data);

static bool engine_beat(void *n) { __atomic_fetch_add((unsigned long long *)n, 1, __ATOMIC_RELAXED); return false; }
static void engine_beats(struct llama_context *c, void *n) { llama_set_abort_callback(c, engine_beat, n); }`,
	},
	{
		File: "llama/llama.go",
		Why:  "as above",
		Old:  `func NewContextParams(`,
		New: `// EngineBeats has the context count in the engine's counter for the model file.
func (c *Context) EngineBeats(modelPath string) {
	c.engineModel = modelPath
	C.engine_beats(c.c, unsafe.Pointer(ml.EngineBeats(modelPath)))
}

// EngineBusy beats for the model, until the function that it returns is called.
func (c *Context) EngineBusy() func() { return ml.EngineBusy(c.engineModel) }

func NewContextParams(`,
	},
	{
		File: "llama/llama.go",
		Why:  "as above",
		Old: `type Context struct {
`,
		New: `type Context struct {
	engineModel string
`,
	},
	{
		File: "runner/llamarunner/runner.go",
		Why:  "as above",
		Old:  `	s.cache, err = NewInputCache(s.lc, kvSize, s.parallel, multiUserCache)`,
		New: `	s.lc.EngineBeats(mpath)
	s.cache, err = NewInputCache(s.lc, kvSize, s.parallel, multiUserCache)`,
	},
	{
		File: "ml/backend/ggml/ggml.go",
		Why:  "the same for the Go runner's models",
		Old: `// #include "ggml-backend.h"
import "C"`,
		New: `// #include "ggml-backend.h"
// static bool engine_beat(void *n) { __atomic_fetch_add((unsigned long long *)n, 1, __ATOMIC_RELAXED); return false; }
// static void engine_beats(ggml_backend_t b, void *n) { if (ggml_backend_is_cpu(b)) ggml_backend_cpu_set_abort_callback(b, engine_beat, n); }
import "C"`,
	},
	{
		File: "ml/backend/ggml/ggml.go",
		Why:  "as above; a process's models share a backend, so each computation says whose it is, and they compute one at a time",
		Old:  `	if status := C.ggml_backend_sched_graph_compute_async(c.b.sched, c.graph); status != C.GGML_STATUS_SUCCESS {`,
		New: `	engineComputing.Lock()
	defer engineComputing.Unlock()
	for _, b := range c.b.schedBackends {
		C.engine_beats(b, unsafe.Pointer(ml.EngineBeats(c.b.modelPath)))
	}
	if status := C.ggml_backend_sched_graph_compute_async(c.b.sched, c.graph); status != C.GGML_STATUS_SUCCESS {`,
	},
	{
		File: "ml/backend/ggml/ggml.go",
		Why:  "as above: the backend's work buffer is no good for two",
		Old: `	backends           map[C.ggml_backend_dev_t]C.ggml_backend_t
`,
		New: `	backends           map[C.ggml_backend_dev_t]C.ggml_backend_t
	engineComputing    sync.Mutex // held while a backend of these computes
`,
	},
	{
		File: "runner/llamarunner/image.go",
		Why:  "an image that is encoded beats, for at most five minutes: its graph is another library's",
		Old:  `			chunks, err = c.mtmd.MultimodalTokenize(llamaContext, data)`,
		New: `			encoded := llamaContext.EngineBusy()
			chunks, err = c.mtmd.MultimodalTokenize(llamaContext, data)
			encoded()`,
	},
	{
		File: "llm/server.go",
		Why:  "a model file is read and never mapped: podd cuts its copy short once the model is loaded",
		Old:  `		(len(gpus) == 0 && s.options.UseMMap == nil) ||`,
		New:  `		len(gpus) == 0 ||`,
	},
	{
		File: "llm/server.go",
		Why:  "a schema that is none is the caller's mistake, and not the engine's failure, for which podd would be blamed",
		Old:  `				return fmt.Errorf("invalid JSON schema in format")`,
		New:  `				return api.StatusError{StatusCode: http.StatusBadRequest, ErrorMessage: "invalid JSON schema in format"}`,
	},
	{
		File: "fs/ggml/gguf.go",
		Why:  "whoever reads a model's metadata alone, for embeddings, does not mind that podd has cut the weights off; whoever loads it does",
		Old:  `		if tensorEnd > uint64(fileSize) {`,
		New:  `		if tensorEnd > uint64(fileSize) && llm.maxArraySize != 0 {`,
	},
}
