package parse

// ReadMetadata lets the tests read metadata by itself, without the findings.
var ReadMetadata = readMetadata
