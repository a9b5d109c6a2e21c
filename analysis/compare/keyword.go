package compare

// Keyword is a word that is more frequent on one side than on the others together.
type Keyword struct {
	Word string `json:"word"`
	// Count and Reference are how often it occurs on this side and on the others.
	Count     int `json:"count"`
	Reference int `json:"reference"`
	// PerThousand and ReferencePerThousand are the rates among a thousand words.
	PerThousand          float64 `json:"per_thousand"`
	ReferencePerThousand float64 `json:"reference_per_thousand"`
	LogLikelihood        float64 `json:"log_likelihood"`
	LogRatio             float64 `json:"log_ratio"`
}
