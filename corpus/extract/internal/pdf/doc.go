// Package pdf reads the text of PDF files: which characters stand where on each page.
//
//	f, err := pdf.Open(data, meter)
//	err = f.Pages(func(p pdf.Page) error { … p.Glyphs … })
//
// It does not lay out, and it knows nothing of paragraphs. Cross-reference tables are not used: they are wrong in many
// files, while every object says itself where it begins. Open looks for the objects instead, so damaged and truncated
// files are read as far as they go.
//
// The characters of a string are told by the font's ToUnicode table, else by its encoding: the Chinese encodings that
// PDF names (GBK-EUC-H, UniGB-UCS2-H, UniGB-UTF16-H and their kin) are decoded as what they are, simple fonts by their
// base encoding and differences, and fonts with bare glyph numbers by the character table of the embedded font. A
// character that nothing tells is U+FFFD.
package pdf
