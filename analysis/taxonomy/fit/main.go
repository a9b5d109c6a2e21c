// Command fit trains the model of package taxonomy on training/ and writes model.bin. It is run by go generate, in the
// folder of the package, and gives the same bytes for the same data.
package main

import (
	"fmt"
	"log"
	"os"

	"tongjian/analysis/taxonomy"
)

func main() {
	file, kept, scores, err := taxonomy.Train(os.DirFS("."))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("model.bin", file, 0o644); err != nil {
		log.Fatal(err)
	}
	e := taxonomy.Evaluate(kept)
	fmt.Printf("%d kept statements, cross-validated: micro-F1 %.3f, macro-F1 %.3f, main %.3f; model.bin %d bytes\n",
		e.Findings, e.Micro.F1(), e.MacroF1, e.MainAccuracy(), len(file))
	sure, right := 0, 0
	for _, s := range scores {
		if s.Score >= 0.9 {
			sure++
			if s.Right {
				right++
			}
		}
	}
	fmt.Printf("score >= 0.9: %d of %d categories right\n", right, sure)
}
