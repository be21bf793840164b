/// What the command of drills says.
package enum DrillPhrases {
    package static let passed = Phrase(
        "ĐẠT  {dossiers} hồ sơ, {bytes}; {restored}/{documents} tài liệu lấy ra đúng\n    biên bản: {folder}/bien-ban.html · hạt giống {seed}",
        "PASSED  {dossiers} dossiers, {bytes}; {restored}/{documents} documents given back right\n    minutes: {folder}/bien-ban.html · seed {seed}"
    )
    package static let failed = Phrase(
        "KHÔNG ĐẠT  {dossiers} hồ sơ, {bytes}; {restored}/{documents} tài liệu lấy ra đúng\n    biên bản: {folder}/bien-ban.html · hạt giống {seed}",
        "FAILED  {dossiers} dossiers, {bytes}; {restored}/{documents} documents given back right\n    minutes: {folder}/bien-ban.html · seed {seed}"
    )
    package static let unrestored = Phrase(
        "    {id}: hỏng trong kho chính, không phục hồi được từ đó ({codes})\n      → {commands}",
        "    {id}: damaged in the primary store, not to be restored from it ({codes})\n      → {commands}"
    )
    package static let trial = Phrase(
        "    {harm}: {found}, {mended}", "    {harm}: {found}, {mended}")
    package static let found = Phrase("đã phát hiện", "found")
    package static let unseen = Phrase("KHÔNG PHÁT HIỆN", "NOT FOUND")
    package static let mended = Phrase("đã khắc phục", "mended")
    package static let unmended = Phrase("CHƯA KHẮC PHỤC", "NOT MENDED")
}
