package parse

// ReadMetadata lets the tests read metadata by itself, without the findings.
var ReadMetadata = readMetadata

// ReadStructure lets the benchmarks read findings and sections by themselves.
var ReadStructure = readStructure
