package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"tongjian/corpus"
)

// codec compresses what is stored. Its methods are safe for use by many goroutines.
type codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

func newCodec() (*codec, error) {
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0))
	if err != nil {
		return nil, fmt.Errorf("set up decompression: %w", err)
	}
	return &codec{encoder, decoder}, nil
}

func (c *codec) close() {
	// Nothing is buffered between calls, so there is nothing that closing could lose.
	_ = c.encoder.Close()
	c.decoder.Close()
}

func (c *codec) compress(data []byte) []byte {
	return c.encoder.EncodeAll(data, make([]byte, 0, len(data)/2))
}

func (c *codec) expand(data []byte) ([]byte, error) {
	out, err := c.decoder.DecodeAll(data, nil)
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	return out, nil
}

// compactMark begins the stored form of a document that compact has passed. What begins otherwise is plain JSON, as older
// programs stored it.
const compactMark = 1

// pack returns the stored form of a document. The JSON repeats pieces of the text in findings and evidence; what compact
// leaves of them, compression reduces to a reference, so the text is in effect stored once.
func (c *codec) pack(doc *corpus.Document) ([]byte, error) {
	small, ok := compact(doc)
	if !ok {
		data, err := marshal(doc)
		if err != nil {
			return nil, err
		}
		return c.compress(data), nil
	}
	data, err := marshal(small)
	if err != nil {
		return nil, err
	}
	return c.encoder.EncodeAll(data, append(make([]byte, 0, len(data)/4), compactMark)), nil
}

func marshal(doc *corpus.Document) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		return nil, fmt.Errorf("encode document %s: %w", doc.ID, err)
	}
	return b.Bytes(), nil
}

func (c *codec) unpack(data []byte) (*corpus.Document, error) {
	small := len(data) > 0 && data[0] == compactMark
	if small {
		data = data[1:]
	}
	data, err := c.expand(data)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("decode document: %w", err)
	}
	if small {
		expanded(&doc)
	}
	return &doc, nil
}

// same reports whether two stored documents are equal, however they were stored.
func (c *codec) same(a, b []byte) (bool, error) {
	x, err := c.plain(a)
	if err != nil {
		return false, err
	}
	y, err := c.plain(b)
	return bytes.Equal(x, y), err
}

// plain returns the JSON of a stored document with nothing left out.
func (c *codec) plain(data []byte) ([]byte, error) {
	doc, err := c.unpack(data)
	if err != nil {
		return nil, err
	}
	return marshal(doc)
}
