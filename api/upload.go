package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tongjian/corpus"
)

// Importer takes in files as the command line does.
type Importer interface {
	// Import takes in one file, an archive with all the files inside, and returns what became of each. What is wrong with
	// a file is its outcome; an error is a fault of the store.
	Import(ctx context.Context, name string, data []byte) ([]corpus.Outcome, error)
}

// The limits of an upload.
const (
	MaxUploadBytes = 200 << 20
	MaxUploadFiles = 1000
)

// UploadAnswer says what became of each file, in the order in which they were sent.
type UploadAnswer struct {
	Data []corpus.Outcome `json:"data"`
	Meta Meta             `json:"meta"`
}

// Import takes in one file and brings the index up to it.
func (s *Service) Import(ctx context.Context, name string, data []byte) ([]corpus.Outcome, error) {
	if s.Importer == nil {
		return nil, &corpus.Error{Kind: corpus.Unavailable, Code: "read_only", Message: "这里不能导入文件", Position: -1}
	}
	outcomes, err := s.Importer.Import(ctx, name, data)
	if err != nil {
		return nil, fmt.Errorf("take in %s: %w", name, err)
	}
	if s.Update != nil {
		if err := s.Update(ctx); err != nil {
			return nil, fmt.Errorf("bring the index up to %s: %w", name, err)
		}
	}
	return outcomes, nil
}

// upload takes in one raw body with a filename parameter, or the files of a form.
func (srv *Server) upload(c echo.Context, format string) error {
	r := c.Request()
	LimitUpload(c)
	media, params, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil && r.Header.Get(echo.HeaderContentType) != "" {
		media = ""
	}
	ans := &UploadAnswer{Data: []corpus.Outcome{}}
	if media == echo.MIMEMultipartForm {
		ans.Data, err = srv.service.ImportForm(r.Context(), multipart.NewReader(r.Body, params["boundary"]))
	} else {
		err = srv.uploadBody(c, ans)
	}
	if err != nil {
		return err
	}
	for _, o := range ans.Data {
		srv.metrics.files.WithLabelValues(string(o.Result)).Inc()
	}
	if ans.Meta, err = srv.service.Meta(r.Context()); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
	return answer(c, format, ans)
}

func (srv *Server) uploadBody(c echo.Context, ans *UploadAnswer) error {
	name, err := single(c.QueryParams(), "filename")
	if err == nil {
		err = checkFileName("filename", name)
	}
	if err != nil {
		return err
	}
	data, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return uploadError(err)
	}
	ans.Data, err = srv.service.Import(c.Request().Context(), name, data)
	return err
}

// ImportForm takes in the files of a form, one after the other, and returns what became of each. Fields that are no files
// are passed over.
func (s *Service) ImportForm(ctx context.Context, form *multipart.Reader) ([]corpus.Outcome, error) {
	out := []corpus.Outcome{}
	files := 0
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, uploadError(err)
		}
		name := fileName(part)
		if name == "" {
			continue
		}
		if files++; files > MaxUploadFiles {
			return nil, &corpus.Error{
				Kind: corpus.TooLarge, Code: "too_many_files", Message: "一次上传的文件太多", Position: -1,
				Expected: fmt.Sprintf("不超过 %d 个，或打成 zip", MaxUploadFiles),
			}
		}
		if err := checkFileName("filename", name); err != nil {
			return nil, err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, uploadError(err)
		}
		outcomes, err := s.Import(ctx, name, data)
		if err != nil {
			return nil, err
		}
		out = append(out, outcomes...)
	}
	if files == 0 {
		return nil, badValue("file", "", -1, "表单中至少一个文件")
	}
	return out, nil
}

// uploadTimeout is how long the body of an upload may take to come.
const uploadTimeout = 15 * time.Minute

// LimitUpload bounds the size of a request's body to that of an upload, and gives it time to come.
func LimitUpload(c echo.Context) {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, MaxUploadBytes)
	deadline := time.Now().Add(uploadTimeout) // the network's, not the service's
	control := http.NewResponseController(c.Response())
	// A connection without deadlines needs none.
	_, _ = control.SetReadDeadline(deadline), control.SetWriteDeadline(deadline.Add(chunkTimeout))
}

// fileName returns the name of a part as it was sent. Part.FileName would leave only what follows the last slash, and folders
// tell files of the same name apart; nothing here ever opens a file by that name.
func fileName(part *multipart.Part) string {
	_, params, err := mime.ParseMediaType(part.Header.Get(echo.HeaderContentDisposition))
	if err != nil {
		return ""
	}
	return params["filename"]
}

// maxFileName bounds the name of a file, in bytes.
const maxFileName = 1000

func checkFileName(param, name string) error {
	if name == "" || len(name) > maxFileName || strings.Trim(name, "./\\ ") == "" {
		return badValue(param, clip(name), -1, fmt.Sprintf("文件名，带扩展名，不超过 %d 字节", maxFileName))
	}
	return checkText(param, name)
}

// uploadError explains why an upload cannot be read to its end: it is too large, or what comes is not whole.
func uploadError(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return &corpus.Error{
			Kind: corpus.TooLarge, Code: "too_large", Message: "上传的内容太大", Position: -1,
			Expected: fmt.Sprintf("一次不超过 %d MB", tooLarge.Limit>>20), Cause: err,
		}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return &corpus.Error{
		Kind: corpus.Invalid, Code: "bad_body", Message: "上传的表单不完整或不合规", Position: -1,
		Expected: "multipart/form-data，或请求内容即文件并带 filename 参数", Cause: err,
	}
}
