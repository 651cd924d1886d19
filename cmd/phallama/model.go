package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/protocol"
)

func (a *app) modelCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "model", Short: "Look at models on this machine", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.modelDigestCommand())
	return cmd
}

func (a *app) modelDigestCommand() *cobra.Command {
	var store string
	cmd := &cobra.Command{
		Use: "digest NAME", Short: "Hash a model of Ollama's store, as pods do",
		Long: `Hashes every file of a model in Ollama's store and prints its name pinned to the
model digest, the one that offers and receipts sign. A request for this name is
answered by that model or not at all:

  phallama ask -m "$(phallama model digest llama3.2:1b)" "Why is the sky blue?"

With a pinned name it checks that the store holds that very model.

Exit status: 0 it holds, 1 the model is not there, 2 wrong usage, 5 a file is
damaged or the digest is another one.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.modelDigest(cmd.Context(), store, args[0]) },
	}
	cmd.Flags().StringVar(&store, "models", defaultModels(), "`dir` of the store, $OLLAMA_MODELS")
	return cmd
}

// defaultModels is where Ollama keeps its models.
func defaultModels() string {
	if dir := os.Getenv("OLLAMA_MODELS"); dir != "" {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "models"
	}
	return filepath.Join(home, ".ollama", "models")
}

func (a *app) modelDigest(ctx context.Context, store, text string) error {
	asked, err := protocol.ParseModelName(text)
	if err != nil {
		return &exitError{exitUsage, fmt.Errorf("model %.200q: %w", text, err)}
	}
	if err := protocol.CheckModelName(asked.Name); err != nil {
		return &exitError{exitUsage, err}
	}
	read := &readingFS{FS: os.DirFS(store), ctx: ctx}
	stop := a.showReading(asked.Name, read)
	digest, size, err := protocol.ModelDigestFS(read, asked.Name)
	stop()
	var missing *fs.PathError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w: --models names the store, `ollama list` the models in it", store, err)
	case errors.As(err, &missing):
		return fmt.Errorf("%s: %w", store, err)
	case err != nil:
		return &exitError{exitUnverified, fmt.Errorf("%s: %w: pull or create the model again", store, err)}
	}
	found := protocol.ModelName{Name: asked.Name, Digest: &digest}
	if asked.Digest != nil && *asked.Digest != digest {
		return &exitError{exitUnverified, fmt.Errorf("%s holds another model under this name: %s", store, found)}
	}
	if a.json {
		return a.out.json(map[string]any{"model": asked.Name, "digest": protocol.DigestText(digest), "name": found.String(), "bytes": size})
	}
	fmt.Fprintln(a.out, found)
	return nil
}

// showReading says on a terminal how far the reading is, until stop is called.
func (a *app) showReading(model string, read *readingFS) (stop func()) {
	if !a.err.colours {
		return func() {}
	}
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		ticker := time.NewTicker(500 * time.Millisecond)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				fmt.Fprintf(a.err, "\r%s", a.err.dim(fmt.Sprintf("hashing %s: %d MB", model, read.bytes.Load()>>20)))
			case <-done:
				fmt.Fprint(a.err, "\r\x1b[K")
				return
			}
		}
	}()
	return func() {
		close(done)
		<-gone
	}
}

// readingFS counts what is read, and ends with its context: models take minutes to hash.
type readingFS struct {
	fs.FS
	ctx   context.Context
	bytes atomic.Int64
}

func (r *readingFS) Open(name string) (fs.File, error) {
	file, err := r.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return readingFile{file, r}, nil
}

type readingFile struct {
	fs.File
	of *readingFS
}

func (f readingFile) Read(p []byte) (int, error) {
	if err := f.of.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := f.File.Read(p)
	f.of.bytes.Add(int64(n))
	return n, err
}
