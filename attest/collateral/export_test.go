package collateral

// AnswerSigned takes a document and its signature out of a service's answer.
func AnswerSigned(body []byte, name string) (document, signature []byte, err error) {
	return (&answer{url: "https://pcs.example", body: body}).signed(name)
}
