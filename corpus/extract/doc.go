// Package extract turns the bytes of a file into a corpus.Extract: clean text in blocks, with what only the format knows
// (headings, list numbers, table cells, named properties).
//
// The format is told by the content first and by the name second, so a page saved as .txt is read as a page, and a
// workbook saved as .xls as a workbook. Each format has files of its own, named after it: text.go, html*.go (and mht.go for
// pages saved as one file), docx*.go, xlsx*.go, rtf.go, word97*.go and xls*.go (doc, wps, xls and et, in the container of
// ole.go; xls_xml.go the XML of Excel 2003), pdf.go (over internal/pdf) and ofd.go, the last two with the layout of
// layout*.go. All of them write through one builder, which keeps the promise that every reader of an Extract relies on: the
// text is valid UTF-8, every block is exactly one line of it, and blocks stand in order.
//
//	x, err := extract.File("通报.html", data, extract.Limits{})
//	x.Text[b.Span.Start:b.Span.End]     // the line of a block
//
// Workbooks are read here and not by package excelize, which cannot be stopped after Limits.Time, puts large sheets into
// temporary files and tells a cell's number format only cell by cell, in three to five times the time. Its way of showing
// dates and numbers would have to be replaced anyway, and the grid of cells serves the old format (xls*.go) as well.
//
// An archive is taken apart by Files; every file inside is a document of its own. Whatever the bytes are, reading them ends
// within Limits: binary formats are read against a budget of time and of unpacked bytes, and damage is a *corpus.Error.
//
// Characters that carry no meaning are dropped (byte order marks, zero-width marks, control characters, blanks at both
// ends of a line, empty lines). Nothing else is changed: damage in a source stays visible.
package extract
