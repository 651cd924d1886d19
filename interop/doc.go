// Package interop holds tests of a running network with the clients that people have: github.com/openai/openai-go and
// github.com/ollama/ollama/api. Below it, oblivious holds the envelope against another implementation of it. It is a module
// of its own, so that they are no dependencies of the product.
package interop
