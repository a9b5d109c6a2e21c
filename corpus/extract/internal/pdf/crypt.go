package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// security decrypts a file that is protected but opens without a password, as files do that only forbid printing or
// copying. Only streams are decrypted: all text of pages stands in them.
type security struct {
	key  []byte
	aes  bool
	wide bool // one key of 256 bits for all objects
}

// padding completes a password to 32 bytes; it is all of the empty one.
const padding = "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A"

// openSecurity returns what decrypts the file without a password, nil where it needs one or a method is not known.
func (f *File) openSecurity() *security {
	d := f.dict(f.trailer["Encrypt"])
	if f.name(d["Filter"]) != "Standard" {
		return nil
	}
	version, revision := int(f.number(d["V"], 0)), int(f.number(d["R"], 0))
	s := &security{wide: version == 5}
	size := int(f.number(d["Length"], 40)) / 8
	switch version {
	case 1:
		size = 5
	case 2:
	case 4, 5:
		filter := f.dict(f.dict(d["CF"])[f.name(d["StmF"])])
		switch f.name(filter["CFM"]) {
		case "V2":
		case "AESV2", "AESV3":
			s.aes = true
		default:
			return nil
		}
		size = 16
	default:
		return nil
	}
	if size < 5 || size > 16 {
		return nil
	}
	user, _ := f.resolve(d["U"]).(text)
	if s.wide {
		over, _ := f.resolve(d["UE"]).(text)
		s.key = wideKey(string(user), string(over), revision)
	} else {
		s.key = f.narrowKey(d, revision, size, string(user))
	}
	if s.key == nil {
		return nil
	}
	return s
}

// narrowKey returns the key of the older methods where the empty password is right.
func (f *File) narrowKey(d dict, revision, size int, user string) []byte {
	owner, _ := f.resolve(d["O"]).(text)
	id := ""
	if list := f.list(f.trailer["ID"]); len(list) > 0 {
		first, _ := f.resolve(list[0]).(text)
		id = string(first)
	}
	permissions := binary.LittleEndian.AppendUint32(nil, uint32(int32(int64(f.number(d["P"], 0)))))
	in := append([]byte(padding+string(owner)), permissions...)
	in = append(in, id...)
	if meta, ok := f.resolve(d["EncryptMetadata"]).(bool); revision >= 4 && ok && !meta {
		in = append(in, 0xFF, 0xFF, 0xFF, 0xFF)
	}
	sum := md5.Sum(in)
	if revision >= 3 {
		for range 50 {
			sum = md5.Sum(sum[:size])
		}
	}
	key := bytes.Clone(sum[:size])
	want := []byte(padding)
	if revision >= 3 {
		sum := md5.Sum([]byte(padding + id))
		want = sum[:]
	}
	want = cipherRC4(key, want)
	if revision >= 3 {
		for i := 1; i < 20; i++ {
			turned := bytes.Clone(key)
			for k := range turned {
				turned[k] ^= byte(i)
			}
			want = cipherRC4(turned, want)
		}
	}
	if len(user) < len(want) || user[:len(want)] != string(want) {
		return nil
	}
	return key
}

func cipherRC4(key, data []byte) []byte {
	out := make([]byte, len(data))
	c, err := rc4.NewCipher(key)
	if err != nil {
		return data
	}
	c.XORKeyStream(out, data)
	return out
}

// wideKey returns the key of the method with 256 bits where the empty password is right.
func wideKey(user, over string, revision int) []byte {
	if len(user) < 48 || len(over) < 32 {
		return nil
	}
	hash := hardHash
	if revision < 6 {
		hash = func(salt string) []byte {
			sum := sha256.Sum256([]byte(salt))
			return sum[:]
		}
	}
	if string(hash(user[32:40])) != user[:32] {
		return nil
	}
	block, err := aes.NewCipher(hash(user[40:48]))
	if err != nil {
		return nil
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, []byte(over[:32]))
	return key
}

// hardHash is the hash of the empty password by algorithm 2.B of ISO 32000-2.
func hardHash(salt string) []byte {
	first := sha256.Sum256([]byte(salt))
	k := first[:]
	for i := 0; ; i++ {
		data := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(data, data)
		rest := 0
		for _, b := range data[:16] {
			rest += int(b)
		}
		switch rest % 3 {
		case 0:
			sum := sha256.Sum256(data)
			k = sum[:]
		case 1:
			sum := sha512.Sum384(data)
			k = sum[:]
		default:
			sum := sha512.Sum512(data)
			k = sum[:]
		}
		if i >= 63 && int(data[len(data)-1]) <= i-32 {
			return k[:32]
		}
	}
}

// decrypt returns the data of a stream as it was before the file was protected.
func (s *security) decrypt(n ref, data []byte) []byte {
	key := s.key
	if !s.wide {
		in := append(bytes.Clone(s.key), byte(n), byte(n>>8), byte(n>>16), 0, 0)
		if s.aes {
			in = append(in, "sAlT"...)
		}
		sum := md5.Sum(in)
		key = sum[:min(len(s.key)+5, 16)]
	}
	if !s.aes {
		return cipherRC4(key, data)
	}
	block, err := aes.NewCipher(key)
	if err != nil || len(data) < 2*aes.BlockSize {
		return nil
	}
	iv, body := data[:aes.BlockSize], data[aes.BlockSize:]
	out := make([]byte, len(body)/aes.BlockSize*aes.BlockSize)
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, body[:len(out)])
	if pad := int(out[len(out)-1]); pad >= 1 && pad <= aes.BlockSize {
		out = out[:len(out)-pad]
	}
	return out
}
