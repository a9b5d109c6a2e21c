package corpus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Fact is a value that a document states in words. The empty Fact is one that the document does not state; it is null
// in JSON.
type Fact string

// MarshalJSON writes null for a fact that is not stated.
func (f Fact) MarshalJSON() ([]byte, error) { return nullOr(string(f)) }

// Date is a day as YYYY-MM-DD. The empty Date is one that is not stated; it is null in JSON.
type Date string

// MarshalJSON writes null for a date that is not stated.
func (d Date) MarshalJSON() ([]byte, error) { return nullOr(string(d)) }

// Year returns the year of the date, 0 where the date is not stated or not well formed.
func (d Date) Year() Year {
	if len(d) < 4 {
		return 0
	}
	y, err := strconv.Atoi(string(d[:4]))
	if err != nil {
		return 0
	}
	return Year(y)
}

// Year is a calendar year. 0 is one that is not stated; it is null in JSON.
type Year int

// MarshalJSON writes null for a year that is not stated.
func (y Year) MarshalJSON() ([]byte, error) {
	if y == 0 {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(y), 10), nil
}

// UnmarshalJSON reads null as the year that is not stated.
func (y *Year) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte("null")) {
		*y = 0
		return nil
	}
	n, err := strconv.Atoi(string(data))
	if err != nil {
		return fmt.Errorf("read year %q: want a whole number or null", data)
	}
	*y = Year(n)
	return nil
}

// nullOr encodes s, or null where it is empty. Chinese text and <>& stay as they are.
func nullOr(s string) ([]byte, error) {
	if s == "" {
		return []byte("null"), nil
	}
	return json.Marshal(s)
}
