package synth_test

import (
	"fmt"

	"tongjian/corpus/synth"
)

func ExampleGenerate() {
	for r := range synth.Generate(synth.Options{Reports: 3}) {
		fmt.Println(r.Name, r.Gold.DocType, r.Gold.Unit, r.Gold.Year)
	}
	// Output:
	// synth-00001.txt rectification_notice 清澜市商务局 2020
	// synth-00002.txt rectification_notice 清澜市教育局 2022
	// synth-00003.html rectification_notice 青禾县农业农村局 2024
}
