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

// pack returns the stored form of a document. The JSON repeats pieces of the text in findings and evidence; compression
// reduces each to a reference, so the text is in effect stored once.
func (c *codec) pack(doc *corpus.Document) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(doc); err != nil {
		return nil, fmt.Errorf("encode document %s: %w", doc.ID, err)
	}
	return c.compress(b.Bytes()), nil
}

func (c *codec) unpack(data []byte) (*corpus.Document, error) {
	data, err := c.expand(data)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("decode document: %w", err)
	}
	return &doc, nil
}
