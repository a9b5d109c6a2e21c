package pdf

// The tests are internal: a protected file shows from outside only whether it opens.

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"fmt"
	"strings"
	"testing"
)

// Dictionaries of files that are protected with the owner's password x and open without one.
const (
	protectedID = "<16e13077993041643ba71ed7224a8fba>"
	owner128    = "<23d51bb8081abde412d51dbf9017ccaa31e7762d4570dabe24b32e274e6be108>"
	user128     = "<b60649f0cc59094b6cef9c121a1a77270122456a91bae5134273a6db134c87c4>"
	filterAES   = "/CF << /StdCF << /CFM /%s >> >> /StmF /StdCF "
)

var protected = map[string]string{
	"RC4, 40 bits": "/V 1 /R 2 /Length 40 /O <0e28f2b80c7d01af31dfdc82724eaec42d2fcfba2d47a4e6f8249d82f4e4397c> " +
		"/U <1d7dc82e59c90aaea20a627ebdc2703f60ac272fe07b474b358bf27db4ba5d00>",
	"RC4, 128 bits": "/V 2 /R 3 /Length 128 /O " + owner128 + " /U " + user128,
	"AES, 128 bits": fmt.Sprintf(filterAES, "AESV2") + "/V 4 /R 4 /Length 128 /O " + owner128 + " /U " + user128,
	"AES, 256 bits, first": fmt.Sprintf(filterAES, "AESV3") + "/V 5 /R 5 /Perms <dc53a25be21ff27e2d0eb18892763dba> " +
		"/U <add4eb6d898d3b7c367b68c57308bfbab2adf712336d772aad0e3f272da2f6f6225e3ca85121ac7d5bd3420b93c45e17> " +
		"/UE <f3bbef733e2e9c9937801cb6ded1a43e18b10324342c5d5b5085477fa1e66f05>",
	"AES, 256 bits": fmt.Sprintf(filterAES, "AESV3") + "/V 5 /R 6 /Perms <896c87bfa2d62a363a5fdc09fd36db33> " +
		"/U <2f1c8e16a3d6f3594cd2bc86fa83c741d805f84627d899bc082b49008dcedf6b940997a20b2049074c41744c96c41845> " +
		"/UE <37db530cc694788bd28aef35b945469f6e225744a9eaf24bfdfff80afb4e275e>",
}

func protectedFile(entries string) *File {
	l := &lexer{data: []byte("<< /Encrypt << /Filter /Standard /P -4 " + entries + " >> /ID [" + protectedID + protectedID + "] >>")}
	f := &File{}
	v, _ := l.next(0)
	f.trailer, _ = v.(dict)
	return f
}

func TestSecurity(t *testing.T) {
	const plain = "BT /F 16 Tf (text) Tj ET"
	for name, entries := range protected {
		t.Run(name, func(t *testing.T) {
			f := protectedFile(entries)
			s := f.openSecurity()
			if s == nil {
				t.Fatal("does not open without a password")
			}
			if perms, ok := f.dict(f.trailer["Encrypt"])["Perms"].(text); ok {
				block, err := aes.NewCipher(s.key)
				if err != nil {
					t.Fatal(err)
				}
				out := make([]byte, 16)
				block.Decrypt(out, []byte(perms))
				if string(out[9:12]) != "adb" {
					t.Errorf("the key does not open the permissions: %q", out)
				}
			}
			if got := s.decrypt(7, encrypt(t, s, plain)); string(got) != plain {
				t.Errorf("got %q, want %q", got, plain)
			}
			if wrong := strings.Replace(entries, "/U <", "/U <00", 1); protectedFile(wrong).openSecurity() != nil {
				t.Error("opens with a password that is not right")
			}
		})
	}
}

// encrypt protects the stream of object 7.
func encrypt(t *testing.T, s *security, plain string) []byte {
	t.Helper()
	key := s.key
	if !s.wide {
		salt := ""
		if s.aes {
			salt = "sAlT"
		}
		sum := md5.Sum([]byte(string(s.key) + "\x07\x00\x00\x00\x00" + salt))
		key = sum[:min(16, len(s.key)+5)]
	}
	if !s.aes {
		return cipherRC4(key, []byte(plain))
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	pad := 16 - len(plain)%16
	data := []byte(plain + strings.Repeat(string(rune(pad)), pad))
	iv := []byte("0123456789abcdef")
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(data, data)
	return append(iv, data...)
}
