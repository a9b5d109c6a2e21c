package pdf

// The objects of a file are bool, float64, name, text, array, dict, ref, *stream, operator or nil.
type (
	name     string
	text     string
	operator string
	array    []any
	dict     map[name]any
	ref      int // the number of an object; generations do not matter here
)

// stream is an object with data.
type stream struct {
	dict   dict
	raw    []byte
	number ref
}

// maxNesting bounds how deep arrays and dictionaries may stand in one another.
const maxNesting = 64

// lexer reads objects from bytes.
type lexer struct {
	data []byte
	at   int
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (l *lexer) skipSpace() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.data) && l.data[l.at] != '\n' && l.data[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// closer is what an unmatched ], >> or } reads as.
type closer byte

// next reads one object; ok is false at the end. References are read where two whole numbers and R stand in a row.
func (l *lexer) next(depth int) (v any, ok bool) {
	l.skipSpace()
	if l.at >= len(l.data) {
		return nil, false
	}
	switch c := l.data[l.at]; c {
	case '/':
		return l.name(), true
	case '(':
		return l.literal(), true
	case '<':
		if l.at+1 < len(l.data) && l.data[l.at+1] == '<' {
			l.at += 2
			return l.dict(depth), true
		}
		return l.hex(), true
	case '[':
		l.at++
		return l.array(depth), true
	case ']', '}', ')', '{':
		l.at++
		return closer(c), true
	case '>':
		l.at++
		if l.at < len(l.data) && l.data[l.at] == '>' {
			l.at++
		}
		return closer('>'), true
	}
	start := l.at
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		l.at++
	}
	word := l.data[start:l.at]
	if n, whole, ok := parseNumber(word); ok {
		if whole && n >= 0 {
			if r, ok := l.reference(int(n)); ok {
				return r, true
			}
		}
		return n, true
	}
	switch string(word) {
	case "true":
		return true, true
	case "false":
		return false, true
	case "null":
		return nil, true
	}
	return operator(word), true
}

// reference looks for the rest of a reference behind its first number.
func (l *lexer) reference(n int) (ref, bool) {
	i := l.at
	space := func() bool {
		start := i
		for i < len(l.data) && isSpace(l.data[i]) {
			i++
		}
		return i > start
	}
	if !space() {
		return 0, false
	}
	digits := i
	for i < len(l.data) && l.data[i] >= '0' && l.data[i] <= '9' && i-digits < 6 {
		i++
	}
	if i == digits || !space() || i >= len(l.data) || l.data[i] != 'R' {
		return 0, false
	}
	if i+1 < len(l.data) && !isSpace(l.data[i+1]) && !isDelimiter(l.data[i+1]) {
		return 0, false
	}
	l.at = i + 1
	return ref(n), true
}

// parseNumber reads a number as PDF writes it; exponents do not occur.
func parseNumber(s []byte) (n float64, whole, ok bool) {
	if len(s) == 0 || len(s) > 40 {
		return 0, false, false
	}
	sign, i := 1.0, 0
	for i < len(s) && (s[i] == '+' || s[i] == '-') {
		if s[i] == '-' {
			sign = -1
		}
		i++
	}
	whole = true
	scale, digits := 1.0, 0
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
			if whole {
				n = n*10 + float64(c-'0')
			} else {
				scale /= 10
				n += float64(c-'0') * scale
			}
		case c == '.' && whole:
			whole = false
		case c == '-' && digits > 0: // damage that some writers leave: 12.3-4
			return sign * n, whole, true
		default:
			return 0, false, false
		}
	}
	return sign * n, whole, digits > 0
}

func (l *lexer) name() name {
	l.at++
	var out []byte
	for l.at < len(l.data) && !isSpace(l.data[l.at]) && !isDelimiter(l.data[l.at]) {
		c := l.data[l.at]
		if c == '#' && l.at+2 < len(l.data) {
			hi, lo := hexDigit(l.data[l.at+1]), hexDigit(l.data[l.at+2])
			if hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				l.at += 2
			}
		}
		out = append(out, c)
		l.at++
	}
	return name(out)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func (l *lexer) hex() text {
	l.at++
	var out []byte
	half := -1
	for l.at < len(l.data) && l.data[l.at] != '>' {
		d := hexDigit(l.data[l.at])
		l.at++
		switch {
		case d < 0:
		case half < 0:
			half = d
		default:
			out = append(out, byte(half<<4|d))
			half = -1
		}
	}
	l.at = min(l.at+1, len(l.data))
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	return text(out)
}

// literal reads a string in brackets.
func (l *lexer) literal() text {
	l.at++
	var out []byte
	depth := 1
	for l.at < len(l.data) {
		c := l.data[l.at]
		l.at++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return text(out)
			}
		case '\r':
			if l.at < len(l.data) && l.data[l.at] == '\n' {
				l.at++
			}
			c = '\n'
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return text(out)
}

func (l *lexer) escape(out []byte) []byte {
	if l.at >= len(l.data) {
		return out
	}
	c := l.data[l.at]
	l.at++
	switch c {
	case 'n':
		return append(out, '\n')
	case 'r':
		return append(out, '\r')
	case 't':
		return append(out, '\t')
	case 'b':
		return append(out, '\b')
	case 'f':
		return append(out, '\f')
	case '\n':
		return out
	case '\r':
		if l.at < len(l.data) && l.data[l.at] == '\n' {
			l.at++
		}
		return out
	}
	if c < '0' || c > '7' {
		return append(out, c)
	}
	n := int(c - '0')
	for i := 0; i < 2 && l.at < len(l.data) && l.data[l.at] >= '0' && l.data[l.at] <= '7'; i++ {
		n = n<<3 | int(l.data[l.at]-'0')
		l.at++
	}
	return append(out, byte(n))
}

func (l *lexer) array(depth int) array {
	var out array
	if depth >= maxNesting {
		return out
	}
	for {
		v, ok := l.next(depth + 1)
		if !ok {
			return out
		}
		if c, closed := v.(closer); closed {
			if c == ']' {
				return out
			}
			continue
		}
		if op, is := v.(operator); is && ends(op) {
			l.at -= len(op)
			return out
		}
		out = append(out, v)
	}
}

// ends reports whether an operator cannot stand in an array or dictionary, which was left open before it.
func ends(op operator) bool {
	return op == "obj" || op == "endobj" || op == "stream" || op == "endstream"
}

func (l *lexer) dict(depth int) dict {
	out := dict{}
	if depth >= maxNesting {
		return out
	}
	for {
		k, ok := l.next(depth + 1)
		if !ok || k == closer('>') {
			return out
		}
		key, is := k.(name)
		if !is {
			if op, is := k.(operator); is && ends(op) {
				l.at -= len(op)
				return out
			}
			continue
		}
		v, ok := l.next(depth + 1)
		if !ok {
			return out
		}
		if c, closed := v.(closer); closed {
			if c == '>' {
				return out
			}
			continue
		}
		out[key] = v
	}
}
