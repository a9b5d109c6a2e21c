package corpus

import (
	"errors"
	"strings"
)

// ErrorKind groups errors by what the caller can do about them.
type ErrorKind string

// The kinds of error. Anything that is no *Error is internal.
const (
	Invalid     ErrorKind = "invalid"     // the input is wrong; change it
	NotFound    ErrorKind = "not_found"   // there is no such thing
	Conflict    ErrorKind = "conflict"    // the state forbids it
	Unsupported ErrorKind = "unsupported" // the format or feature is not known
	Unavailable ErrorKind = "unavailable" // not now; try again
	TooLarge    ErrorKind = "too_large"   // a limit was passed

	Unauthenticated ErrorKind = "unauthenticated" // who asks is not known; show a key
	Forbidden       ErrorKind = "forbidden"       // who asks may not
	TooMany         ErrorKind = "too_many"        // too often; wait
)

// Error is an error that a user can understand. Message says in Chinese what was attempted on what and why it could not
// be done; the cause stays inside and is logged, not shown.
type Error struct {
	Kind    ErrorKind
	Code    string // stable, for machines: "query_syntax", "unknown_field"; Kind where empty
	Message string
	// Param, Value, Position and Expected describe a wrong input: the parameter's name, its value, the byte offset in the
	// value at which it is wrong (-1 where it is wrong as a whole), and what would be accepted.
	Param    string
	Value    string
	Position int
	Expected string
	Cause    error
}

// Error returns the message, what would be accepted, and the cause.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Message)
	if e.Expected != "" {
		b.WriteString("（应为：" + e.Expected + "）")
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first *Error in err's chain, or "" where there is none: an internal error.
func KindOf(err error) ErrorKind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}
