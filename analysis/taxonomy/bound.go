package taxonomy

import "unicode/utf8"

// How much of a finding is read, in bytes. A problem is stated in some tens of characters and told of in some hundreds; what
// comes behind these bounds is a text that was not cut into findings. Reading takes time that grows faster than the
// length, and one giant paragraph must not hold up all others.
const (
	maxStatement = 4 << 10
	maxAccount   = 16 << 10
	maxHeading   = 1 << 10
	maxHeadings  = 8
)

// bounded cuts the parts of a finding to what is read of them. Places in what is left stay as they were.
func (in Input) bounded() Input {
	in.Statement = head(in.Statement, maxStatement)
	in.Account = head(in.Account, maxAccount)
	in.Headings = in.Headings[:min(len(in.Headings), maxHeadings)]
	for i, h := range in.Headings {
		if len(h) > maxHeading {
			in.Headings = append([]string(nil), in.Headings...)
			in.Headings[i] = head(h, maxHeading)
		}
	}
	return in
}

// head returns the longest beginning of s of at most n bytes that ends between characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
