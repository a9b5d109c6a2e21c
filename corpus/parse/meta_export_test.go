package parse

import "strings"

// Traditional writes a text in traditional characters, as far as the parser knows them and only where one character has one form.
func Traditional(s string) string {
	back, taken := map[rune]rune{}, map[rune]bool{}
	for traditional, plain := range structureTable() {
		if _, ok := back[plain]; ok || taken[plain] {
			taken[plain] = true
			delete(back, plain)
			continue
		}
		back[plain] = traditional
	}
	return strings.Map(func(r rune) rune {
		if t, ok := back[r]; ok {
			return t
		}
		return r
	}, s)
}

// Simplify is simplify.
func Simplify(s string) string { return simplify(s) }
