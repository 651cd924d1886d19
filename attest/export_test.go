package attest

// ParseQuoteAnswer is what tests outside the package fuzz: inside it, the
// simulated platform cannot be imported.
var ParseQuoteAnswer = parseQuoteAnswer
