package compare

// Words cuts a text into its words. The segmenter of the corpus does; this package needs nothing else of it.
type Words func(text string) []string
