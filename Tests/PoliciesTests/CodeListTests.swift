import Policies
import Testing

struct CodeListTests {
    @Test(arguments: [
        "02", "2", "Quyết định", "quyết định", "QUYẾT ĐỊNH", "Quye\u{302}\u{301}t đi\u{323}nh",
    ])
    func `reads a code or its words in any case, composed or not`(text: String) {
        #expect(CodeList.typeName.code(for: text) == "02")
    }

    @Test(arguments: ["00", "33", "002", "Quyết", "", " 02"])
    func `knows no other text`(text: String) {
        #expect(CodeList.typeName.code(for: text) == nil)
    }

    @Test func `has as many codes as the circular`() {
        let lists: [(CodeList, Int)] = [
            (.maintenance, 7), (.mode, 3), (.language, 11), (.typeName, 32), (.condition, 3),
            (.confidence, 3), (.recoveryStatus, 2), (.pictureType, 2), (.colour, 2),
            (.recordingType, 2),
        ]

        for (list, count) in lists {
            #expect(list.entries.count == count)
            for entry in list.entries {
                #expect(list.code(for: entry.code) == entry.code)
                for word in entry.words { #expect(list.code(for: word) == entry.code) }
                #expect(list.words(for: entry.code) == entry.words.first)
            }
        }
    }

    @Test func `gives both spellings of a word one code`() {
        #expect(CodeList.typeName.code(for: "Giấy uỷ quyền") == "16")
        #expect(CodeList.confidence.code(for: "Số hoá") == "02")
    }

    @Test func `lists its codes for a remedy`() {
        #expect(CodeList.mode.listing == "01 Công khai, 02 Sử dụng có điều kiện, 03 Mật")
    }

    @Test func `finds the word that was probably meant`() {
        #expect(CodeList.typeName.nearest(to: "Quyết đinh") == "Quyết định")
        #expect(CodeList.typeName.nearest(to: "45") == nil)
    }
}

struct NearestWordTests {
    @Test(arguments: [
        ("tittle", "title"), ("Title", "title"), ("tilte", "title"), ("lang", nil), ("", nil),
        ("numberOfPages", "numberOfPage"), ("zzzzzzzzzzzzzzzz", nil),
    ])
    func `suggests only what is near`(word: String, expected: String?) {
        #expect(NearestWord.to(word, among: ["title", "language", "numberOfPage"]) == expected)
    }

    @Test func `costs little for a hostile word`() {
        let word = String(repeating: "a", count: 1_000_000)
        #expect(NearestWord.to(word, among: ["title", word]) == word)
    }

    @Test func `answers the same in any order of the known words`() {
        #expect(NearestWord.to("bat", among: ["cat", "hat"]) == "cat")
        #expect(NearestWord.to("bat", among: ["hat", "cat"]) == "cat")
    }
}
