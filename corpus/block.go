package corpus

// BlockKind says what a block of text is in its file format.
type BlockKind string

// The kinds of block. Navigation and boilerplate of web pages give no blocks.
const (
	BlockParagraph BlockKind = "paragraph"
	BlockHeading   BlockKind = "heading"
	BlockCell      BlockKind = "cell" // one cell of a table
)

// Block is one piece of an extracted file, in reading order: a line of a plain text, a paragraph of a page, a cell of a
// table.
type Block struct {
	Kind BlockKind
	Span Span // into Extract.Text; blocks are ordered and do not overlap
	// Level is the heading level from 1, where the format knows it; else 0.
	Level int
	// Number is an automatic list number resolved from the format ("1.", "（一）"), which is not in the text.
	Number string
	// Table, Row and Column place a cell, counted from 0; RowSpan and ColSpan are at least 1 for a cell.
	Table, Row, Column int
	RowSpan, ColSpan   int
}

// Property is a named value that a file carries outside its running text: a row of a metadata table (发布日期, 发文单位,
// 索引号), a <meta> element, a document property.
type Property struct {
	Name  string
	Value string
	// Span is where Value stands in the text, nil where it stands outside it.
	Span *Span
}

// Extract is the content of one file as its format tells it, before its meaning is read.
type Extract struct {
	Source   string // file name without folders
	Format   string // "txt", "html", "docx", "doc" (wps, too), "rtf", "xlsx", "xls", "pdf", "ofd"
	Encoding string // "utf-8", "gb18030"
	// Text is the clean text: valid UTF-8, lines ended by \n, one line a block. Characters that carry no meaning (byte
	// order mark, zero-width marks, blanks at the ends of lines) are gone; nothing else is changed.
	Text       string
	Blocks     []Block
	Properties []Property
	Warnings   []Warning
}
