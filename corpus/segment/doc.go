// Package segment folds Chinese text and cuts it into words.
//
// Folding makes texts comparable that differ only in how they are written: full-width and half-width forms, capitals,
// traditional and simplified characters, the code points that PDF files put in place of common ones, and the shapes of
// quotation marks. It replaces every character by exactly one other, so that any stretch of folded text is a stretch of
// the source, and Folded knows which:
//
//	f := segment.Fold("採購ＡＢＣ")   // f.Text is "采购abc"
//	f.Source(len("采购"))           // 6, where Ａ begins
//
// Words come from the dictionary of gse for simplified Chinese and a dictionary of this field (domain.txt), which has the
// fixed expressions that general dictionaries lack: 三重一大, 第一议题, 选人用人. Only dictionaries decide; no word is
// guessed. The text is folded first, so traditional text gives the same words.
//
// Loading takes over a second and 130 MB: make one Segmenter and share it.
package segment
