/// The Latin letters of Vietnamese and its neighbours without their marks; `.` where there is no one base letter.
enum FoldTable {
    /// U+00C0 to U+024F; also Ð, ð and Ɖ, which old fonts and typists use for Đ, are d.
    static var latin: StaticString {
        """
        aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.lllllll\
        lllnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
        b........dd............i..l.....oo.............uu....zz.........\
        .............aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j...gg..nnaa..oo\
        aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy......acclt.\
        ...bu.eejjqqrryy
        """
    }

    /// U+1E00 to U+1EFF, where the letters with two marks stand.
    static var additional: StaticString {
        """
        aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
        mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
        wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
        eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......
        """
    }

    /// The base letter of a code point, in small ASCII; nil when the tables have none.
    static func base(of value: UInt32) -> UInt8? {
        let unit: UInt8
        switch value {
        case 0xC0...0x24F: unit = latin.utf8Start[Int(value - 0xC0)]
        case 0x1E00...0x1EFF: unit = additional.utf8Start[Int(value - 0x1E00)]
        default: return nil
        }
        return unit == UInt8(ascii: ".") ? nil : unit
    }

    /// Whether a code point only marks the letter before it, or shows nothing.
    static func isDropped(_ value: UInt32) -> Bool {
        switch value {
        case 0x300...0x36F, 0xAD, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x200B...0x200D, 0x2060,
            0x20D0...0x20FF,
            0xFE00...0xFE0F, 0xFEFF:
            true
        default: false
        }
    }
}
