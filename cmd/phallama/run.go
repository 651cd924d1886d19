package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
)

// maxPrompt bounds what is read from standard input; a pod takes no more.
const maxPrompt = 1 << 20

func (a *app) runCommand() *cobra.Command {
	var gateway string
	cmd := &cobra.Command{
		Use:   "run MODEL [PROMPT]",
		Short: "Chat with a model, or ask it one question",
		Long: `Chats with a model through a running gateway. With PROMPT, or with a prompt on
standard input that is not a terminal, it answers that and ends.

In a chat, /? lists what can be said besides questions. The history is kept in
memory, and is gone at the end. Ctrl-C stops an answer, Ctrl-D ends the chat.`,
		Example: `  phallama run wisp
  phallama run wisp "Who can read my prompts?"
  echo "Repeat after me: falcon-4711" | phallama run wisp`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			url, err := gatewayURL(gateway)
			if err != nil {
				return err
			}
			if len(args) == 1 && isTerminal(os.Stdin) && !a.json {
				return a.newConversation(url, args[0], os.Stdin).run(cmd.Context())
			}
			prompt, err := promptOf(args[1:], os.Stdin)
			if err != nil {
				return err
			}
			return a.ask(cmd.Context(), url, args[0], prompt)
		},
	}
	cmd.Flags().StringVar(&gateway, "gateway", defaultGateway, "`address` of the gateway")
	return cmd
}

// promptOf is the prompt that was given, or what there is to read.
func promptOf(args []string, from io.Reader) (string, error) {
	text := strings.Join(args, "")
	if len(args) == 0 {
		raw, err := io.ReadAll(io.LimitReader(from, maxPrompt+1))
		if err != nil {
			return "", err
		}
		if len(raw) > maxPrompt {
			return "", &exitError{exitUsage, fmt.Errorf("standard input: more than %d bytes, which no pod takes as one prompt", maxPrompt)}
		}
		text = string(raw)
	}
	if strings.TrimSpace(text) == "" {
		return "", &exitError{exitUsage, errors.New("the prompt is empty: say what to ask")}
	}
	return text, nil
}

// conversation is a chat in a terminal. What was said is in memory only.
type conversation struct {
	*app
	gateway string
	ask     question
	system  string
	history []message
	lines   chan string // of the user's, until it is closed
	broken  error       // why it was, if not by the user; after that
	signals chan os.Signal
}

func (a *app) newConversation(gateway, model string, in io.Reader) *conversation {
	c := &conversation{
		app: a, gateway: gateway, ask: question{Model: model}, lines: make(chan string), signals: make(chan os.Signal, 1),
	}
	go func() {
		defer close(c.lines)
		lines := bufio.NewScanner(in)
		lines.Buffer(nil, maxPrompt)
		for lines.Scan() {
			c.lines <- lines.Text()
		}
		c.broken = lines.Err()
	}()
	return c
}

// errEnd ends a conversation as the user wishes.
var errEnd = errors.New("the end")

func (c *conversation) run(ctx context.Context) error {
	// The first Ctrl-C ends what a command does; here it ends an answer.
	ctx = context.WithoutCancel(ctx)
	signal.Notify(c.signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(c.signals)
	if err := c.greet(ctx); err != nil {
		return err
	}
	for {
		text, quoted, err := c.read(">>> ")
		switch said := strings.TrimSpace(text); {
		case errors.Is(err, errEnd):
			return nil
		case err != nil:
			return err
		case strings.HasPrefix(said, "/") && !quoted:
			err = c.command(ctx, said)
		case said != "":
			err = c.say(ctx, text)
		}
		if errors.Is(err, errEnd) {
			return nil
		}
		if err != nil {
			fmt.Fprintf(c.err, "%s %s\n", c.err.red("error:"), err)
		}
	}
}

// greet says where the conversation is, and fails where there is none to be had.
func (c *conversation) greet(ctx context.Context) error {
	about, err := show(ctx, c.gateway, c.ask.Model)
	if err != nil {
		return err
	}
	fmt.Fprintln(c.err, c.err.dim(list(c.ask.Model, about.summary(), "through "+c.gateway, "/? for help, /bye to end")))
	return nil
}

// read is the user's next line, or lines between two """: what is quoted is no command.
func (c *conversation) read(prompt string) (said string, quoted bool, err error) {
	fmt.Fprint(c.out, prompt)
	var text []string
	for {
		select {
		case line, ok := <-c.lines:
			if !ok && c.broken != nil {
				return "", false, fmt.Errorf("standard input, of which a line has at most %d bytes: %w", maxPrompt, c.broken)
			}
			if !ok {
				fmt.Fprintln(c.out)
				return "", false, errEnd
			}
			opens := strings.HasPrefix(strings.TrimSpace(line), quotes)
			switch body := strings.TrimSpace(line); {
			case text == nil && opens && len(body) >= 2*len(quotes) && strings.HasSuffix(body, quotes):
				return strings.TrimSuffix(strings.TrimPrefix(body, quotes), quotes), true, nil
			case text == nil && opens:
				text = append(text, strings.TrimPrefix(body, quotes))
			case text == nil:
				return line, false, nil
			case strings.HasSuffix(body, quotes):
				return strings.TrimPrefix(strings.Join(append(text, strings.TrimSuffix(body, quotes)), "\n"), "\n"), true, nil
			default:
				text = append(text, line)
			}
			fmt.Fprint(c.out, "... ")
		case s := <-c.signals:
			fmt.Fprintln(c.out)
			if s != os.Interrupt {
				return "", false, errEnd
			}
			fmt.Fprintln(c.err, c.err.dim("/bye or Ctrl-D ends the chat"))
			text = nil
			fmt.Fprint(c.out, prompt)
		}
	}
}

const quotes = `"""`

// say asks, and keeps what was said once it is proven.
func (c *conversation) say(ctx context.Context, text string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	defer close(ended)
	go func() {
		select {
		case s := <-c.signals:
			stop()
			if s != os.Interrupt {
				c.signals <- s // read sees it
			}
		case <-ended:
		}
	}()
	ask := c.ask
	if c.system != "" {
		ask.Messages = append(ask.Messages, message{"system", c.system})
	}
	ask.Messages = append(append(ask.Messages, c.history...), message{"user", text})
	got, err := chat(ctx, c.gateway, ask, c.out)
	fmt.Fprintln(c.out)
	switch {
	case ctx.Err() != nil:
		fmt.Fprintln(c.err, c.err.dim("stopped: what had come is billed, and forgotten here"))
		return nil
	case err != nil:
		return err
	}
	c.history = append(c.history, message{"user", text}, message{"assistant", got.Answer})
	c.note(got)
	return nil
}

const chatHelp = `  /set system [TEXT]          what the model is told before the conversation
  /set parameter NAME VALUE   an option of Ollama's, such as num_predict 64
  /show                       what the model is, and what is set
  /clear                      forget the conversation
  /bye                        end (Ctrl-D)
  """                         begins and ends a text of several lines
`

func (c *conversation) command(ctx context.Context, line string) error {
	name, rest, _ := strings.Cut(line, " ")
	switch name {
	case "/bye", "/exit", "/quit":
		return errEnd
	case "/?", "/help":
		fmt.Fprint(c.out, chatHelp)
	case "/clear":
		c.history = nil
		fmt.Fprintln(c.out, "forgotten")
	case "/show":
		about, err := show(ctx, c.gateway, c.ask.Model)
		if err != nil {
			return err
		}
		about.print(c.out)
		for _, name := range slices.Sorted(maps.Keys(c.ask.Options)) {
			c.out.step(name, "%s", c.ask.Options[name])
		}
		if c.system != "" {
			c.out.step("system", "%s", c.system)
		}
	case "/set":
		return c.set(strings.TrimSpace(rest))
	default:
		return fmt.Errorf("%s is no command: /? lists them", name)
	}
	return nil
}

func (c *conversation) set(text string) error {
	what, value, _ := strings.Cut(text, " ")
	words := strings.Fields(text)
	switch {
	case what == "system":
		c.system = value
	case len(words) == 3 && words[0] == "parameter":
		value := json.RawMessage(words[2])
		if !json.Valid(value) { // a word
			value, _ = json.Marshal(words[2])
		}
		if c.ask.Options == nil {
			c.ask.Options = map[string]json.RawMessage{}
		}
		c.ask.Options[words[1]] = value
	default:
		return errors.New("want /set system [TEXT] or /set parameter NAME VALUE")
	}
	return nil
}
