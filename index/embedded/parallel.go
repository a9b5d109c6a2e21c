package embedded

import (
	"errors"
	"sync"
)

// inParallel calls work for 0 to n-1, all at a time, and returns the errors.
func inParallel(n int, work func(i int) error) error {
	errs := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { errs[i] = work(i) })
	}
	group.Wait()
	return errors.Join(errs...)
}
